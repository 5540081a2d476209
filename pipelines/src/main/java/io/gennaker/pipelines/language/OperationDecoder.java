package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterOperation.JobSource;
import io.gennaker.pipelines.model.ClusterOperation.PatchForm;
import io.gennaker.pipelines.model.ObjectChoice;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stages that do something to objects in each cluster of a target.
 */
final class OperationDecoder implements StageDecoder {

	private static final Set<String> RESTARTABLE = Set.of("Deployment", "StatefulSet", "DaemonSet");

	private static final Set<String> SCALABLE = Set.of("Deployment", "StatefulSet", "ReplicaSet");

	private static final Duration KEPT = Duration.ofHours(1);

	/**
	 * The log is read from the Job's pods, which must outlive a restart of the service.
	 */
	private static final Duration SHORTEST_TTL = Duration.ofMinutes(5);

	private final List<String> keys;

	private final Function<Section, ClusterOperation> operation;

	private OperationDecoder(Function<Section, ClusterOperation> operation, String... keys) {
		this.operation = operation;
		this.keys = new ArrayList<>(List.of("target", "max-parallel"));
		this.keys.addAll(List.of(keys));
	}

	static OperationDecoder restart() {
		return new OperationDecoder(
				section -> new ClusterOperation.Restart(ObjectChoiceDecoder.decode(section, true, RESTARTABLE)),
				"object");
	}

	static OperationDecoder scale() {
		return new OperationDecoder(
				section -> new ClusterOperation.Scale(ObjectChoiceDecoder.decode(section, true, SCALABLE),
						replicas(section), section.flag("override", false)),
				"object", "replicas", "override");
	}

	static OperationDecoder check() {
		return new OperationDecoder(section -> {
			Duration within = section.duration("within");
			return new ClusterOperation.Check(ObjectChoiceDecoder.decode(section, false, Set.of()),
					section.requiredText("that"), (within != null) ? within : Duration.ZERO);
		}, "object", "that", "within");
	}

	static OperationDecoder job() {
		return new OperationDecoder(OperationDecoder::job, "image", "artifact", "file", "command", "args", "env",
				"service-account", "retries", "ttl");
	}

	static OperationDecoder patch() {
		return new OperationDecoder(OperationDecoder::patch, "object", "form", "patch");
	}

	static OperationDecoder delete() {
		return new OperationDecoder(section -> {
			ObjectChoice objects = ObjectChoiceDecoder.decode(section, true, Set.of());
			if (objects.name() == null && ObjectChoiceDecoder.SWEEPING.contains(objects.kind())) {
				section.problem("object", "labels could choose more than was meant, and a " + objects.kind()
						+ " takes much with it; name each one that is to be deleted");
			}
			return new ClusterOperation.Delete(objects, section.flag("ignore-missing", true));
		}, "object", "ignore-missing");
	}

	@Override
	public List<String> keys() {
		return List.copyOf(this.keys);
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		return new Stage.Operation(id, options, section.requiredText("target"), section.count("max-parallel", 1),
				this.operation.apply(section));
	}

	/** A number, or a text with an expression that gives one. */
	private static String replicas(Section section) {
		Value value = section.require("replicas");
		if (value == null) {
			return "";
		}
		if (value.kind().equals("text")) {
			String text = section.requiredText("replicas");
			if (!text.isBlank() && !Names.hasExpression(text)) {
				section.problem("replicas", "expected a whole number or an expression, found text");
			}
			return text;
		}
		Integer count = section.count("replicas", 0);
		return (count != null) ? count.toString() : "";
	}

	private static ClusterOperation job(Section section) {
		List<String> sources = List.of("image", "artifact", "file")
			.stream()
			.filter(key -> section.find(key) != null)
			.toList();
		if (sources.size() != 1) {
			section.value().problem("give one of 'image', 'artifact' and 'file'");
		}
		Duration ttl = section.duration("ttl");
		if (ttl != null && ttl.compareTo(SHORTEST_TTL) < 0) {
			section.problem("ttl", "must be at least 5m: the Job's log and end are read from it");
		}
		return new ClusterOperation.RunJob(source(section), section.count("retries", 0, 0), (ttl != null) ? ttl : KEPT);
	}

	private static JobSource source(Section section) {
		if (section.find("file") != null) {
			for (String key : List.of("command", "args", "env", "service-account", "retries")) {
				if (section.find(key) != null) {
					section.problem(key, "the manifest of 'file' says this itself");
				}
			}
			return new JobSource.File(section.requiredText("file"));
		}
		return new JobSource.Container(named(section, "image"), named(section, "artifact"), section.texts("command"),
				section.texts("args"), env(section), named(section, "service-account"));
	}

	private static @Nullable String named(Section section, String key) {
		return (section.find(key) != null) ? section.requiredText(key) : null;
	}

	private static Map<String, String> env(Section section) {
		Map<String, String> env = new LinkedHashMap<>();
		Value value = section.find("env");
		if (value != null) {
			value.entries().forEach((name, variable) -> {
				if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
					variable.problems()
						.atKey(variable.path(), DocumentPath.quoted(name) + " is not a name of a variable");
				}
				String text = variable.text();
				env.put(name, (text != null) ? text : "");
			});
		}
		return env;
	}

	private static ClusterOperation patch(Section section) {
		ObjectChoice object = ObjectChoiceDecoder.decode(section, false, Set.of());
		String word = section.word("form", Words.of(PatchForm.values()));
		PatchForm form = (word != null) ? Words.constant(PatchForm.class, word) : PatchForm.APPLY;
		Value value = section.require("patch");
		Object patch = (value != null) ? value.tree() : null;
		String expected = (form == PatchForm.JSON) ? "a list" : "a mapping";
		if (value != null && !value.kind().equals(expected)) {
			value.problem("expected " + expected + " for a patch of the form "
					+ Words.of(new PatchForm[] { form }).getFirst() + ", found " + value.kind());
		}
		if (patch instanceof Map<?, ?> map && form != PatchForm.JSON) {
			for (String key : List.of("apiVersion", "kind")) {
				if (map.containsKey(key)) {
					section.problem("patch", "leave out '" + key + "': the stage's 'object' says which object it is");
				}
			}
		}
		return new ClusterOperation.Patch(object, form, (patch != null) ? patch : Map.of());
	}

}
