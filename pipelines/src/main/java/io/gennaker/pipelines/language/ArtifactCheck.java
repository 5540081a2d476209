package io.gennaker.pipelines.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.model.Trigger;
import io.gennaker.pipelines.spelling.Suggestion;

/**
 * Checks that artifacts differ and that triggers name known ones.
 */
final class ArtifactCheck {

	private ArtifactCheck() {
	}

	static void check(Draft draft) {
		Map<String, String> owners = new HashMap<>();
		draft.pipeline().artifacts().forEach((name, artifact) -> {
			String owner = artifact.image().isBlank() ? null : owners.putIfAbsent(artifact.image(), name);
			if (owner != null) {
				draft.problems()
					.at(DocumentPath.child(DocumentPath.child("artifacts", name), "image"),
							"the artifact '" + owner + "' has the same image");
			}
		});
		draft.pipeline().triggers().forEach((name, trigger) -> {
			String path = DocumentPath.child("triggers", name);
			switch (trigger) {
				case Trigger.ImagePush push -> checkPush(draft, path + ".artifacts", push);
			}
		});
	}

	private static void checkPush(Draft draft, String path, Trigger.ImagePush push) {
		Set<String> known = draft.pipeline().artifacts().keySet();
		Set<String> before = new HashSet<>();
		int index = 0;
		for (String artifact : push.artifacts()) {
			String item = DocumentPath.item(path, index++);
			if (artifact.isEmpty()) {
				continue;
			}
			if (!known.contains(artifact)) {
				draft.problems()
					.at(item, "there is no artifact " + DocumentPath.quoted(artifact)
							+ Suggestion.hint(artifact, known, "artifacts"));
			}
			if (!before.add(artifact)) {
				draft.problems().at(item, DocumentPath.quoted(artifact) + " stands there twice");
			}
		}
	}

}
