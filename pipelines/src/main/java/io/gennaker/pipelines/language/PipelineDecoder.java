package io.gennaker.pipelines.language;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Concurrency.WhenBusy;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.pipelines.model.Values;
import org.jspecify.annotations.Nullable;

/**
 * Turns the document into a pipeline. What is wrong is reported and read as its default,
 * so the result is whole but counts only where nothing was reported.
 */
final class PipelineDecoder {

	static final Vocabulary PIPELINE = Vocabulary.of("pipeline", "version", "name", "description", "parameters",
			"artifacts", "targets", "triggers", "concurrency", "rollback", "values", "set", "health", "stages");

	static final Vocabulary CONCURRENCY = Vocabulary.of("concurrency", "limit", "when-busy");

	/** Checks of the graph grow with its square. */
	static final int MOST_STAGES = 500;

	private PipelineDecoder() {
	}

	static Pipeline decode(Value document) {
		Section section = new Section(document, PIPELINE);
		checkVersion(section);
		String name = section.requiredText("name");
		if (!name.isBlank() && !Names.isDnsLabel(name)) {
			section.problem("name", Names.notDnsLabel(name));
		}
		Value parameters = section.find("parameters");
		return new Pipeline(name, section.text("description", ""),
				(parameters != null) ? parameters.entries(ParameterType::read) : Map.of(),
				named(section.find("artifacts"), (_, value) -> ArtifactDecoder.decode(value)),
				named(section.find("targets"), (_, value) -> TargetDecoder.decode(value)),
				triggers(section.find("triggers")), concurrency(section.find("concurrency")), stages(section),
				new Values(section.texts("values"), section.set("set")), HealthDecoder.decode(section.find("health")),
				RollbackDecoder.decode(section.find("rollback")));
	}

	private static void checkVersion(Section section) {
		Value version = section.require("version");
		Long number = (version != null) ? version.wholeNumber() : null;
		if (number != null && number != 1) {
			section.problem("version", "there is no version " + number + " of the pipeline file; write 1");
		}
	}

	private static <T> Map<String, T> named(@Nullable Value value, BiFunction<String, Value, T> decoder) {
		if (value == null) {
			return Map.of();
		}
		Map<String, T> entries = value.entries(decoder);
		Names.checkKeys(value.lookup());
		return entries;
	}

	private static Map<String, Trigger> triggers(@Nullable Value value) {
		Map<String, Trigger> triggers = new LinkedHashMap<>();
		named(value, (_, trigger) -> TriggerType.read(trigger))
			.forEach((name, trigger) -> trigger.ifPresent(known -> triggers.put(name, known)));
		return triggers;
	}

	private static Concurrency concurrency(@Nullable Value value) {
		if (value == null) {
			return Concurrency.DEFAULT;
		}
		Section section = new Section(value, CONCURRENCY);
		String whenBusy = section.word("when-busy", Words.of(WhenBusy.values()));
		return new Concurrency(section.count("limit", 1, Concurrency.DEFAULT.limit()),
				(whenBusy != null) ? Words.constant(WhenBusy.class, whenBusy) : Concurrency.DEFAULT.whenBusy());
	}

	private static Map<String, Stage> stages(Section section) {
		Value value = section.require("stages");
		Map<String, Stage> stages = named(value, StageType::read);
		if (value != null && stages.isEmpty() && value.kind().equals("a mapping")) {
			value.problem("a pipeline needs at least one stage");
		}
		if (value != null && stages.size() > MOST_STAGES) {
			value.problem("a pipeline may have " + MOST_STAGES + " stages, not " + stages.size());
		}
		return stages;
	}

}
