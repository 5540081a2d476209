package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.util.Map;

import io.gennaker.pipelines.language.PipelineFiles;

/**
 * A chart's files as a source has them, unread.
 *
 * @param files an archive, or a folder's files
 * @param path where among them the chart lies
 * @param pin what never changes, perhaps empty
 * @param neighbours what else the same source has
 */
record SourceContent(PipelineFiles files, String path, String pin, Neighbours neighbours) {

	/**
	 * An archive, which has no neighbours.
	 */
	static SourceContent archive(String name, byte[] bytes, String pin) {
		return new SourceContent(new PipelineFiles(Map.of(name, bytes)), name, pin, Neighbours.NONE);
	}

	/**
	 * Charts of the same source, by the paths that {@code file://} dependencies have.
	 */
	@FunctionalInterface
	interface Neighbours {

		/** A source that is one chart. */
		Neighbours NONE = (relative) -> {
			throw RelativePath.leaves(relative);
		};

		/**
		 * A neighbour.
		 * @param relative seen from the chart
		 */
		SourceContent at(String relative) throws IOException;

	}

}
