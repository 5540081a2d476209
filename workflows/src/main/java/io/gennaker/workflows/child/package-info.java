/**
 * Executions that are stages of other executions.
 */
@NullMarked
package io.gennaker.workflows.child;

import org.jspecify.annotations.NullMarked;
