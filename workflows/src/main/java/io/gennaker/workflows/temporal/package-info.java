/**
 * How the workflows' records travel through Temporal.
 */
@NullMarked
package io.gennaker.workflows.temporal;

import org.jspecify.annotations.NullMarked;
