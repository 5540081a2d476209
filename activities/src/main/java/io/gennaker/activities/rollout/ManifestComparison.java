package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import org.jspecify.annotations.Nullable;

/**
 * Compares two sets of manifests with each other, without asking any cluster.
 */
public final class ManifestComparison {

	private ManifestComparison() {
	}

	/**
	 * What became of each object: those of the later manifests in their order, then those
	 * that they no longer have. Data of Secrets is masked; that it changed is told.
	 * @param before a YAML stream, perhaps empty
	 * @param after a YAML stream, perhaps empty
	 * @throws ManifestException if one is not readable
	 */
	public static List<ObjectChange> between(String before, String after) {
		Map<Key, Manifest> old = byKey(ManifestReader.read(before));
		Map<Key, Manifest> now = byKey(ManifestReader.read(after));
		ObjectDiffs diffs = new ObjectDiffs(
				new SecretMask(Stream.concat(old.values().stream(), now.values().stream()).toList()));
		List<ObjectChange> changes = new ArrayList<>();
		now.forEach((key, manifest) -> changes.add(change(old.get(key), manifest, diffs)));
		old.forEach((key, manifest) -> {
			if (!now.containsKey(key)) {
				changes.add(described(manifest, Change.DELETE, diffs.gone(manifest)));
			}
		});
		return changes;
	}

	private static ObjectChange change(@Nullable Manifest before, Manifest after, ObjectDiffs diffs) {
		if (after.equals(before)) {
			return described(after, Change.UNCHANGED, new ObjectDiffs.Diff("", false));
		}
		return described(after, (before != null) ? Change.UPDATE : Change.CREATE, diffs.between(before, after));
	}

	private static ObjectChange described(Manifest manifest, Change change, ObjectDiffs.Diff diff) {
		String name = manifest.name().isEmpty() ? manifest.generateName() + "…" : manifest.name();
		return new ObjectChange(manifest.kind(), manifest.namespace(), name, manifest.component(), change, diff.text(),
				diff.shortened(), "");
	}

	private static Map<Key, Manifest> byKey(List<Manifest> manifests) {
		Map<Key, Manifest> found = new LinkedHashMap<>();
		manifests.forEach((manifest) -> found
			.put(new Key(manifest.group(), manifest.kind(), manifest.namespace(), name(manifest)), manifest));
		return found;
	}

	/** Without the hash of its content, where a bake has put one into it. */
	private static String name(Manifest manifest) {
		String original = manifest.annotation(Marks.ORIGINAL_NAME);
		return original.isEmpty() ? manifest.title() : original;
	}

	/**
	 * What makes an object the same one in another version of its API, or of its content.
	 */
	private record Key(String group, String kind, String namespace, String name) {
	}

}
