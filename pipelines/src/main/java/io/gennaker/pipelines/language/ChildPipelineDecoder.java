package io.gennaker.pipelines.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code type: pipeline}.
 */
final class ChildPipelineDecoder implements StageDecoder {

	@Override
	public List<String> keys() {
		return List.of("pipeline", "parameters", "artifacts", "wait");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		String pipeline = section.requiredText("pipeline");
		if (!pipeline.isBlank() && !Names.isDnsLabel(pipeline)) {
			section.problem("pipeline", Names.notDnsLabel(pipeline));
		}
		Value artifacts = section.find("artifacts");
		boolean all = artifacts != null && artifacts.kind().equals("text");
		if (all) {
			section.word("artifacts", List.of("all"));
		}
		return new Stage.ChildPipeline(id, options, pipeline, parameters(section.find("parameters")), all,
				(artifacts != null && !all) ? texts(artifacts) : Map.of(), section.flag("wait", true));
	}

	private static Map<String, Object> parameters(@Nullable Value value) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		if (value != null) {
			value.entries().forEach((name, parameter) -> {
				Object given = parameter.kind().equals("a list") ? parameter.texts()
						: parameter.scalar("expected a single value or a list of texts, found " + parameter.kind());
				parameters.put(name, (given != null) ? given : "");
			});
		}
		return parameters;
	}

	private static Map<String, String> texts(Value value) {
		Map<String, String> texts = new LinkedHashMap<>();
		value.entries().forEach((name, reference) -> {
			String text = reference.text();
			if (text != null && text.isBlank()) {
				reference.problem("must not be empty");
			}
			texts.put(name, (text != null) ? text : "");
		});
		return texts;
	}

}
