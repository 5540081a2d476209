package io.gennaker.web.execution;

import java.util.UUID;

/**
 * Published within the service when an execution has ended; perhaps more than once.
 */
record ExecutionEnded(UUID executionId) {
}
