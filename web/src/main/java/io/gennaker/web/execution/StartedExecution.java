package io.gennaker.web.execution;

import java.util.UUID;

/**
 * An execution that a start led to.
 *
 * @param id a UUIDv7
 * @param number counts the pipeline's executions from 1
 * @param created false where an earlier request with the same key had made it
 */
public record StartedExecution(UUID id, String pipeline, long number, boolean created) {
}
