package io.gennaker.web.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.language.StageWords;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as the API gives it.
 *
 * @param revision the current one; null for a pipeline that was never valid
 * @param document the current revision's {@code pipeline.yaml}
 * @param valid whether the current revision fits the clusters of today
 * @param problems of the current revision, and of what was read since and did not become
 * one
 */
record PipelineAnswer(String name, String source, String description, PipelineDetail.@Nullable RevisionSummary revision,
		@Nullable String document, boolean valid, List<Problem> problems, List<ParameterAnswer> parameters,
		List<ArtifactAnswer> artifacts, List<StageAnswer> stages, List<PipelineDetail.RevisionSummary> revisions) {

	static PipelineAnswer of(PipelineDetail detail) {
		List<Problem> problems = new ArrayList<>(detail.problems());
		return switch (detail.reading()) {
			case ReadResult.Valid(Pipeline pipeline) -> new PipelineAnswer(detail.name(), detail.source(),
					pipeline.description(), detail.revision(), detail.document(), true, problems, parameters(pipeline),
					artifacts(pipeline), stages(pipeline), detail.revisions());
			case ReadResult.Invalid(List<Problem> found) -> {
				problems.addAll(found);
				yield invalid(detail, problems);
			}
			case null -> invalid(detail, problems);
		};
	}

	private static PipelineAnswer invalid(PipelineDetail detail, List<Problem> problems) {
		return new PipelineAnswer(detail.name(), detail.source(), "", detail.revision(), detail.document(), false,
				problems, List.of(), List.of(), List.of(), detail.revisions());
	}

	private static List<ParameterAnswer> parameters(Pipeline pipeline) {
		return pipeline.parameters().entrySet().stream().map((entry) -> {
			String name = entry.getKey();
			return switch (entry.getValue()) {
				case Parameter.Text(String description, String pattern, String value) ->
					new ParameterAnswer(name, "string", description, value == null, value, List.of(), pattern);
				case Parameter.WholeNumber(String description, Long _, Long _, Long value) ->
					new ParameterAnswer(name, "integer", description, value == null, value, List.of(), null);
				case Parameter.Flag(String description, Boolean value) ->
					new ParameterAnswer(name, "boolean", description, value == null, value, List.of(), null);
				case Parameter.Choice(String description, List<String> options, String value) ->
					new ParameterAnswer(name, "choice", description, value == null, value, options, null);
				case Parameter.Clusters(String description, List<String> value) ->
					new ParameterAnswer(name, "clusters", description, false, value, List.of(), null);
			};
		}).toList();
	}

	private static List<ArtifactAnswer> artifacts(Pipeline pipeline) {
		return pipeline.artifacts()
			.entrySet()
			.stream()
			.map((entry) -> new ArtifactAnswer(entry.getKey(), entry.getValue().image(), entry.getValue().required(),
					entry.getValue().defaultReference()))
			.toList();
	}

	private static List<StageAnswer> stages(Pipeline pipeline) {
		return pipeline.stages()
			.values()
			.stream()
			.map((stage) -> new StageAnswer(stage.id(), type(stage), stage.options().needs()))
			.toList();
	}

	private static String type(Stage stage) {
		return StageWords.of(stage);
	}

	/**
	 * What whoever starts an execution may choose.
	 *
	 * @param type as in the pipeline file
	 * @param required whether it must be given
	 * @param options of a choice
	 */
	record ParameterAnswer(String name, String type, String description, boolean required,
			@Nullable Object defaultValue, List<String> options, @Nullable String pattern) {
	}

	/**
	 * An image that a release may carry.
	 */
	record ArtifactAnswer(String component, String image, boolean required, @Nullable String defaultReference) {
	}

	/**
	 * A node of the graph.
	 */
	record StageAnswer(String id, String type, List<String> needs) {
	}

}
