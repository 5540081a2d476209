package io.gennaker.workflows.binding;

import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Artifact;

/**
 * Asks for the artifacts of an execution.
 *
 * @param executionId the execution
 * @param revisionId the pipeline's revision, whose files hold the keys of signatures
 * @param artifacts the pipeline's artifacts by component
 * @param requested what a person or an event chose, by component: a tag or a digest
 * @param pushed the components among those that the event pushed
 * @param places where the release goes
 */
public record BindingRequest(String executionId, String revisionId, Map<String, Artifact> artifacts,
		Map<String, String> requested, List<String> pushed, List<Place> places) {

	/**
	 * Where a release lives.
	 */
	public record Place(String cluster, String namespace, String release) {
	}

}
