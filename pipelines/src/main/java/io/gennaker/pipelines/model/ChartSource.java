package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a bake's chart comes from.
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

}
