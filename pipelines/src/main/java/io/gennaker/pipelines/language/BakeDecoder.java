package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads {@code type: bake}.
 */
final class BakeDecoder implements StageDecoder {

	@Override
	public List<String> keys() {
		return List.of("chart", "release", "values", "set");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		String release = section.requiredText("release");
		if (!release.isBlank() && !Names.hasExpression(release) && !Names.isRelease(release)) {
			section.problem("release", DocumentPath.quoted(release)
					+ " is not a name of a release: lower-case letters, digits and '-', of at most 53 characters");
		}
		return new Stage.Bake(id, options, chart(section), release, section.texts("values"), section.set("set"));
	}

	private static ChartSource chart(Section section) {
		Value value = section.require("chart");
		return (value != null) ? ChartDecoder.decode(value) : new ChartSource.Path("", null);
	}

}
