/**
 * The lock that keeps two executions from rolling out into one place at once, as the
 * workflow asks for it.
 */
@NullMarked
package io.gennaker.workflows.lock;

import org.jspecify.annotations.NullMarked;
