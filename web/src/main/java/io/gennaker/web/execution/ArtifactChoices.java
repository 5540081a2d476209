package io.gennaker.web.execution;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Pipeline;

/**
 * Checks what whoever starts an execution chose for its artifacts. Whether the registry
 * has it, binding finds out.
 */
final class ArtifactChoices {

	/** As the OCI distribution specification, version 1.1, has it. */
	private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

	private static final String DIGEST = "sha256:[0-9a-f]{64}";

	/** A tag, a digest, or a digest with the tag that it was pushed under. */
	private static final Pattern REFERENCE = Pattern.compile(TAG + "|" + DIGEST + "|" + TAG + "@" + DIGEST);

	private ArtifactChoices() {
	}

	/**
	 * Leaves out empty choices, which a form sends for "as it is".
	 */
	static Map<String, String> given(Map<String, String> choices) {
		Map<String, String> given = new TreeMap<>();
		choices.forEach((component, reference) -> {
			if (!reference.isBlank()) {
				given.put(component, reference.strip());
			}
		});
		return given;
	}

	/**
	 * What is wrong, by field.
	 */
	static Map<String, String> problems(Pipeline pipeline, Map<String, String> given) {
		Map<String, String> problems = new TreeMap<>();
		given.forEach((component, reference) -> {
			Artifact artifact = pipeline.artifacts().get(component);
			if (artifact == null) {
				problems.put("artifacts." + component, "pipeline " + pipeline.name() + " has no artifact '" + component
						+ "'; it has " + String.join(", ", pipeline.artifacts().keySet()));
			}
			else if (!REFERENCE.matcher(reference).matches()) {
				problems.put("artifacts." + component, "'" + shortened(reference)
						+ "' is neither a tag nor a digest (sha256: and 64 hexadecimal digits)");
			}
		});
		return problems;
	}

	private static String shortened(String text) {
		return (text.length() <= 80) ? text : text.substring(0, 80) + "…";
	}

}
