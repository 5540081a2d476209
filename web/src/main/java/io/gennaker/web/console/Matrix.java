package io.gennaker.web.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.gennaker.web.release.Drift;
import io.gennaker.web.release.Release;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * What runs where: a row per place, a column per component.
 *
 * @param components the columns
 * @param rows in the order of the inventory
 * @param next the place after which the rest comes, as cluster name; null where all are
 * here
 */
record Matrix(List<String> components, List<Row> rows, @Nullable String next) {

	/**
	 * A place.
	 *
	 * @param region empty for a cluster that the inventory no longer has
	 * @param release what runs there; null for nothing yet
	 * @param drift how the release compares with the cluster; null where nobody has
	 * looked
	 * @param underway what is on its way there; null for nothing
	 */
	record Row(String cluster, String region, String namespace, String name, @Nullable Release release,
			Drift.@Nullable Standing drift, Release.@Nullable Underway underway, Map<String, Cell> cells) {

		/**
		 * What the row says about a component.
		 */
		public @Nullable Cell cell(String component) {
			return this.cells.get(component);
		}

		/**
		 * When the newest release came; null for nothing yet.
		 */
		public @Nullable Instant since() {
			return (this.release != null) ? this.release.releasedAt() : null;
		}

	}

	/**
	 * A component in a place.
	 *
	 * @param running what runs; null for nothing yet
	 * @param coming what a rollout under way brings, where that differs
	 */
	record Cell(@Nullable BoundArtifact running, @Nullable BoundArtifact coming) {
	}

}
