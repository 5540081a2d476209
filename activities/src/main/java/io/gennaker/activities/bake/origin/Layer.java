package io.gennaker.activities.bake.origin;

import java.util.List;

/**
 * A layer of values.
 *
 * @param name what people know it by, such as {@code values/prod.yaml}
 * @param kind where it comes from
 * @param prefix the keys under which it counts; those of a subchart's own values, else
 * none
 * @param yaml a YAML mapping
 */
public record Layer(String name, Kind kind, List<String> prefix, byte[] yaml) {

	public Layer {
		prefix = List.copyOf(prefix);
	}

	/**
	 * Where a layer comes from.
	 */
	public enum Kind {

		/** The values that a chart brings along. */
		CHART,
		/** A file of the pipeline's. */
		FILE,
		/** Single values of a pipeline, stage or cluster. */
		SET

	}

}
