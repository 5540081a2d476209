package io.gennaker.workflows.operation;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Asks for something to be done to objects in one cluster.
 *
 * @param executionId the execution
 * @param stageId the stage
 * @param pipeline the pipeline's name
 * @param revisionId the pipeline's revision, whose files the operation may name
 * @param cluster where
 * @param namespace the target's namespace; may hold expressions
 * @param operation what is done; may hold expressions
 * @param artifacts the cluster's bound images, by component
 * @param context what expressions may refer to, without the cluster
 * @param timeout how long it may take, with all attempts
 */
public record OperationRequest(String executionId, String stageId, String pipeline, String revisionId, Cluster cluster,
		String namespace, ClusterOperation operation, Map<String, BoundArtifact> artifacts, ExpressionContext context,
		Duration timeout) {

	public OperationRequest {
		artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
	}

}
