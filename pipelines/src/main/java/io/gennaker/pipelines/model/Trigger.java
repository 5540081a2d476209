package io.gennaker.pipelines.model;

import java.util.List;

/**
 * What starts executions of a pipeline by itself.
 */
public sealed interface Trigger {

	/**
	 * A push event of an image registry.
	 *
	 * @param artifacts the artifacts whose repositories count
	 * @param tags a regular expression (RE2) that the whole pushed tag must match
	 */
	record ImagePush(List<String> artifacts, String tags) implements Trigger {
		public ImagePush {
			artifacts = List.copyOf(artifacts);
		}

		/**
		 * Whether a pushed tag is one that counts.
		 */
		public boolean accepts(String tag) {
			return WholeMatch.matches(this.tags, tag);
		}
	}

	/**
	 * What runs in a cluster is no longer what was released there.
	 *
	 * @param targets the targets whose clusters count
	 */
	record Drift(List<String> targets) implements Trigger {
		public Drift {
			targets = List.copyOf(targets);
		}
	}

}
