package io.gennaker.pipelines.language;

import java.util.Collection;

import io.gennaker.pipelines.model.Cluster;

/**
 * Reads a pipeline's files: syntax, types, references, graph and expressions are all
 * checked, and all problems are returned at once.
 */
public final class PipelineReader {

	/**
	 * Reads and checks.
	 * @param files the files of the revision
	 * @param inventory the clusters that targets may name
	 * @return the pipeline, or every problem
	 */
	public ReadResult read(PipelineFiles files, Collection<Cluster> inventory) {
		throw new UnsupportedOperationException();
	}

}
