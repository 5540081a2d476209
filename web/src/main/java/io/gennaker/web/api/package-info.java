/**
 * How the HTTP API speaks of what went wrong, and its description.
 */
@NullMarked
package io.gennaker.web.api;

import org.jspecify.annotations.NullMarked;
