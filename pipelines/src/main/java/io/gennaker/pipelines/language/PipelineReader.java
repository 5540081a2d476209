package io.gennaker.pipelines.language;

import java.util.Collection;
import java.util.List;

import io.gennaker.pipelines.language.SourceText.Place;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;

/**
 * Reads a pipeline's files: syntax, types, references, graph and expressions are all
 * checked, and all problems are returned at once. Thread-safe.
 */
public final class PipelineReader {

	/**
	 * Reads and checks.
	 * @param files the files of the revision
	 * @param inventory the clusters that targets may name
	 * @return the pipeline, or every problem
	 */
	public ReadResult read(PipelineFiles files, Collection<Cluster> inventory) {
		return switch (YamlDocument.read(files.bytes(PipelineFiles.PIPELINE))) {
			case YamlDocument.Reading.Failed failed -> unreadable(failed.place(), failed.reason());
			case YamlDocument.Reading.Empty _ -> unreadable(Place.START, "the file is empty");
			case YamlDocument.Reading.Root root -> read(root, files, List.copyOf(inventory));
		};
	}

	private static ReadResult unreadable(Place place, String reason) {
		return new ReadResult.Invalid(
				List.of(new Problem(PipelineFiles.PIPELINE, place.line(), place.column(), DocumentPath.ROOT, reason)));
	}

	private static ReadResult read(YamlDocument.Reading.Root root, PipelineFiles files, List<Cluster> inventory) {
		Problems problems = new Problems(root.source());
		try {
			if (NodeSurvey.walk(root.node(), problems)) {
				Pipeline pipeline = PipelineDecoder.decode(new Value(root.node(), DocumentPath.ROOT, problems));
				if (pipeline.stages().size() <= PipelineDecoder.MOST_STAGES) {
					check(new Draft(pipeline, files, inventory, problems));
				}
				if (problems.none()) {
					return new ReadResult.Valid(pipeline);
				}
			}
			return new ReadResult.Invalid(problems.sorted());
		}
		catch (Problems.Full ex) {
			return new ReadResult.Invalid(problems.sorted());
		}
	}

	private static void check(Draft draft) {
		GraphCheck.check(draft);
		TargetCheck.check(draft);
		ArtifactCheck.check(draft);
		DeployCheck.check(draft);
		OperationCheck.check(draft);
		FileCheck.check(draft);
		ExpressionCheck.check(draft);
	}

}
