package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads {@code type: bake}.
 */
final class BakeDecoder implements StageDecoder {

	static final Vocabulary CHART = Vocabulary.of("chart", "path", "version");

	@Override
	public List<String> keys() {
		return List.of("chart", "release", "values", "set", "bind", "pin", "versioned", "keep-versions");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		String release = section.requiredText("release");
		if (!release.isBlank() && !Names.hasExpression(release) && !Names.isRelease(release)) {
			section.problem("release", DocumentPath.quoted(release)
					+ " is not a name of a release: lower-case letters, digits and '-', of at most 53 characters");
		}
		return new Stage.Bake(id, options, chart(section), release, section.texts("values"), section.set("set"),
				BindingDecoder.decode(section));
	}

	private static ChartSource chart(Section section) {
		Value value = section.require("chart");
		if (value == null) {
			return new ChartSource.Path("", null);
		}
		Section chart = new Section(value, CHART);
		return new ChartSource.Path(chart.requiredText("path"), chart.text("version"));
	}

}
