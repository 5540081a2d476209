package io.gennaker.pipelines.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a deploy goes from cluster to cluster, beyond waves that are listed.
 *
 * @param by the label whose values put clusters into groups ({@code region} is the
 * cluster's region); null where {@code after} names single clusters
 * @param after for a group, or a cluster, those that must be done before it starts; empty
 * with {@code by} lets one group follow the other
 * @param canaryCluster the cluster that goes alone before all others; null for none
 * @param budgetPercent how many of the stage's clusters may fail, in percent, rounded
 * down; null where the deploy's {@code failureBudget} counts them
 * @param whenExceeded what happens when more failed than may
 */
public record Pacing(@Nullable String by, Map<String, List<String>> after, @Nullable String canaryCluster,
		@Nullable Integer budgetPercent, WhenExceeded whenExceeded) {

	/** Of a deploy that says nothing of it. */
	public static final Pacing NONE = new Pacing(null, Map.of(), null, null, WhenExceeded.FAIL);

	public Pacing {
		Map<String, List<String>> edges = new LinkedHashMap<>();
		after.forEach((name, before) -> edges.put(name, List.copyOf(before)));
		after = Copies.ordered(edges);
		whenExceeded = Objects.requireNonNullElse(whenExceeded, WhenExceeded.FAIL);
		if (budgetPercent != null && (budgetPercent < 0 || budgetPercent > 100)) {
			throw new IllegalArgumentException("failure-budget must be from 0% to 100%, not " + budgetPercent + "%");
		}
	}

	/**
	 * What happens when more clusters failed than the budget allows.
	 */
	public enum WhenExceeded {

		/** The stage fails once nothing is under way any more. */
		FAIL,
		/** The stage waits until a person retries, skips or gives up. */
		ASK

	}

}
