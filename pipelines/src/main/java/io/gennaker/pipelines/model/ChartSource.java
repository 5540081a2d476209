package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a bake's chart comes from, or what stands in its place.
 */
public sealed interface ChartSource {

	/**
	 * A chart folder or {@code .tgz} among the files of the pipeline's revision.
	 *
	 * @param path relative to the pipeline's folder; may hold expressions
	 * @param version what the chart's own version must be; may hold expressions
	 */
	record Path(String path, @Nullable String version) implements ChartSource {
	}

	/**
	 * Plain manifests instead of a chart: every {@code .yaml}, {@code .yml} and
	 * {@code .json} of a folder of the pipeline's revision, taken as it is.
	 *
	 * @param path relative to the pipeline's folder; may hold expressions
	 */
	record Manifests(String path) implements ChartSource {
	}

}
