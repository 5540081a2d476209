/**
 * Events of image registries: received, kept before they are answered, and worked off.
 */
@NullMarked
package io.gennaker.web.webhook;

import org.jspecify.annotations.NullMarked;
