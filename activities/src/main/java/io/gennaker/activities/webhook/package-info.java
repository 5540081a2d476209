/**
 * Requests of stages to other services.
 */
@NullMarked
package io.gennaker.activities.webhook;

import org.jspecify.annotations.NullMarked;
