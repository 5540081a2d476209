/**
 * What other services are asked for.
 */
@NullMarked
package io.gennaker.workflows.webhook;

import org.jspecify.annotations.NullMarked;
