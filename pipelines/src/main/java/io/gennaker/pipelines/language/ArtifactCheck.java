package io.gennaker.pipelines.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.pipelines.spelling.Suggestion;

/**
 * Checks that artifacts differ and that triggers name known ones.
 */
final class ArtifactCheck {

	private ArtifactCheck() {
	}

	static void check(Draft draft) {
		checkImages(draft);
		checkValues(draft);
		draft.pipeline().triggers().forEach((name, trigger) -> {
			String path = DocumentPath.child("triggers", name);
			switch (trigger) {
				case Trigger.ImagePush push -> checkNames(draft, path + ".artifacts", push.artifacts(), "artifact",
						draft.pipeline().artifacts().keySet());
				case Trigger.Drift drift -> checkNames(draft, path + ".targets", drift.targets(), "target",
						draft.pipeline().targets().keySet());
			}
		});
	}

	/** However they are written: an image in a manifest could then be either's. */
	private static void checkImages(Draft draft) {
		Map<String, String> owners = new HashMap<>();
		draft.pipeline().artifacts().forEach((name, artifact) -> {
			String path = DocumentPath.child(DocumentPath.child("artifacts", name), "image");
			if (artifact.image().isBlank() || draft.problems().any(path)) {
				return;
			}
			String repository = ImageName.parse(artifact.image()).repository();
			String owner = owners.putIfAbsent(repository, name);
			if (owner != null) {
				draft.problems()
					.at(path, "the artifact '" + owner + "' has the same image"
							+ (repository.equals(artifact.image()) ? "" : ", which is in full " + repository));
			}
		});
	}

	/** One value can hold only one thing, and a value with others below it none. */
	private static void checkValues(Draft draft) {
		TreeMap<String, String> places = new TreeMap<>();
		draft.pipeline().artifacts().forEach((name, artifact) -> artifact.values().keys().forEach((part, key) -> {
			String path = DocumentPath.child(DocumentPath.child(DocumentPath.child("artifacts", name), "values"), part);
			if (draft.problems().any(path)) {
				return;
			}
			String other = places.putIfAbsent(key + ".", path);
			if (other != null) {
				draft.problems().at(path, "the value " + DocumentPath.quoted(key) + " is given already by " + other);
			}
		}));
		Map.Entry<String, String> before = null;
		for (Map.Entry<String, String> place : places.entrySet()) {
			if (before != null && place.getKey().startsWith(before.getKey())) {
				draft.problems()
					.at(place.getValue(), "the value lies within the one that " + before.getValue() + " gives");
			}
			else {
				before = place;
			}
		}
	}

	private static void checkNames(Draft draft, String path, List<String> names, String what, Set<String> known) {
		Set<String> before = new HashSet<>();
		int index = 0;
		for (String name : names) {
			String item = DocumentPath.item(path, index++);
			if (name.isEmpty()) {
				continue;
			}
			if (!known.contains(name)) {
				draft.problems()
					.at(item, "there is no " + what + " " + DocumentPath.quoted(name)
							+ Suggestion.hint(name, known, what + "s"));
			}
			if (!before.add(name)) {
				draft.problems().at(item, DocumentPath.quoted(name) + " stands there twice");
			}
		}
	}

}
