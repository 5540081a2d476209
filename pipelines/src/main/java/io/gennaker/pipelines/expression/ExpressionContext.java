package io.gennaker.pipelines.expression;

import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * What expressions of an execution may refer to.
 *
 * @param parameters values by name: {@code String}, {@code Long}, {@code Boolean} or a
 * list of cluster names
 * @param artifacts bound artifacts by component; where a cluster is at hand, those of the
 * cluster
 * @param trigger what started the execution, such as {@code type}, {@code user},
 * {@code tag}
 * @param execution {@code id}, {@code number}, {@code pipeline}, {@code user}
 * @param outputs what stages left, by stage id
 * @param cluster the cluster at hand, if any
 */
public record ExpressionContext(Map<String, Object> parameters, Map<String, ArtifactValue> artifacts,
		Map<String, String> trigger, Map<String, String> execution, Map<String, Map<String, String>> outputs,
		@Nullable Cluster cluster) {

	public ExpressionContext {
		parameters = Map.copyOf(parameters);
		artifacts = Map.copyOf(artifacts);
		trigger = Map.copyOf(trigger);
		execution = Map.copyOf(execution);
		outputs = Map.copyOf(outputs);
	}

	/**
	 * The same with a cluster and its artifacts at hand.
	 */
	public ExpressionContext in(Cluster here, Map<String, ArtifactValue> itsArtifacts) {
		return new ExpressionContext(this.parameters, itsArtifacts, this.trigger, this.execution, this.outputs, here);
	}

	/**
	 * A bound artifact as expressions see it.
	 *
	 * @param image the repository
	 * @param tag the tag, empty where it was chosen by digest
	 * @param digest {@code sha256:…}
	 */
	public record ArtifactValue(String image, String tag, String digest) {
	}

}
