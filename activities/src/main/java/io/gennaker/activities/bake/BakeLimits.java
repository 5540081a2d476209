package io.gennaker.activities.bake;

import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.renderer.RenderLimits;

/**
 * What a bake may take.
 *
 * @param rendering of the child processes that render
 * @param chart of a chart's files
 * @param manifests of one cluster's manifests
 */
public record BakeLimits(RenderLimits rendering, ChartLimits chart, ManifestLimits manifests) {

	/**
	 * What suits most.
	 */
	public static BakeLimits defaults() {
		return new BakeLimits(RenderLimits.defaults(), ChartLimits.defaults(), ManifestLimits.defaults());
	}

}
