package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads {@code type: undo}.
 */
final class UndoDecoder implements StageDecoder {

	@Override
	public List<String> keys() {
		return List.of("target", "release", "order", "max-parallel");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		String release = section.requiredText("release");
		if (!release.isBlank() && !Names.hasExpression(release) && !Names.isRelease(release)) {
			section.problem("release", DocumentPath.quoted(release)
					+ " is not a name of a release: lower-case letters, digits and '-', of at most 53 characters");
		}
		return new Stage.Undo(id, options, section.requiredText("target"), release, section.groups("order"),
				section.count("max-parallel", 1));
	}

}
