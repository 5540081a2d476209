package io.gennaker.activities.bake.source;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import org.jspecify.annotations.Nullable;

/**
 * Charts among the files of a pipeline's revision, which never change.
 */
final class RevisionCharts implements SourceReader<ChartSource.Path> {

	private final PipelineFiles files;

	RevisionCharts(PipelineFiles files) {
		this.files = files;
	}

	@Override
	public SourceContent read(ChartSource.Path source, @Nullable Pin pin) {
		return at(source.path());
	}

	private SourceContent at(String path) {
		return new SourceContent(this.files, path, "", (relative) -> at(RelativePath.resolve(path, relative)));
	}

}
