package io.gennaker.web.execution;

import java.util.UUID;

/**
 * Published within the service when an execution was written and committed.
 */
record ExecutionWritten(UUID executionId) {
}
