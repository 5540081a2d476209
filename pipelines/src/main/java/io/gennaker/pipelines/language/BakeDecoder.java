package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code type: bake}.
 */
final class BakeDecoder implements StageDecoder {

	static final Vocabulary MANIFESTS = Vocabulary.of("manifests", "path");

	@Override
	public List<String> keys() {
		return List.of("chart", "manifests", "release", "values", "set", "kustomize", "bind", "pin", "pin-except",
				"versioned", "keep-versions");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		String release = section.requiredText("release");
		if (!release.isBlank() && !Names.hasExpression(release) && !Names.isRelease(release)) {
			section.problem("release", DocumentPath.quoted(release)
					+ " is not a name of a release: lower-case letters, digits and '-', of at most 53 characters");
		}
		return new Stage.Bake(id, options, source(section), release, section.texts("values"), section.set("set"),
				kustomize(section), BindingDecoder.decode(section));
	}

	private static ChartSource source(Section section) {
		Value manifests = section.find("manifests");
		if (manifests == null) {
			return chart(section);
		}
		for (String key : List.of("chart", "values", "set")) {
			if (section.find(key) != null) {
				section.problem(key, key.equals("chart") ? "a bake takes either a 'chart' or 'manifests', not both"
						: "plain manifests take no values; use a chart, or 'kustomize' to change them");
			}
		}
		return new ChartSource.Manifests(new Section(manifests, MANIFESTS).requiredText("path"));
	}

	private static ChartSource chart(Section section) {
		Value value = section.require("chart");
		return (value != null) ? ChartDecoder.decode(value) : new ChartSource.Path("", null);
	}

	private static @Nullable String kustomize(Section section) {
		String kustomize = section.text("kustomize");
		if (kustomize != null && kustomize.isBlank()) {
			section.problem("kustomize", "must not be empty");
		}
		return kustomize;
	}

}
