package io.gennaker.web.preview;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Asks what a start would change.
 *
 * @param pipeline the pipeline's name
 * @param parameters as for a start
 * @param artifacts tags or digests by component, as for a start
 * @param user who asks
 * @param cluster the only cluster to tell of; null for all
 * @param documents whether the manifests themselves are wanted
 */
public record PlanQuestion(String pipeline, Map<String, ? extends @Nullable Object> parameters,
		Map<String, String> artifacts, String user, @Nullable String cluster, boolean documents) {

	boolean about(String name) {
		return this.cluster == null || this.cluster.equals(name);
	}

}
