/**
 * Executions: starting, steering and reading them, and the journal that their workflows
 * write.
 */
@NullMarked
package io.gennaker.web.execution;

import org.jspecify.annotations.NullMarked;
