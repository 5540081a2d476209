package io.gennaker.activities.bake.manifest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.mark.Marks;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The ConfigMaps and Secrets of one cluster's manifests that are versioned by their
 * content: their names end in its hash, and what names them follows. A rollout then makes
 * a new object beside the old one, pods restart when what they read has changed, and a
 * rollback finds what its pods read.
 */
final class ConfigVersions {

	/** The annotation by which one says of itself whether it is versioned. */
	static final String VERSIONED = "gennaker.io/versioned";

	/** The label that holds the hash. */
	static final String VERSION = "gennaker.io/version";

	private static final Set<String> KINDS = Set.of("ConfigMap", "Secret");

	private static final Pattern BEFORE = Pattern.compile("\\bpre-(?:install|upgrade)\\b");

	private static final int LONGEST_NAME = 253;

	private final boolean all;

	private final int keep;

	private final String releaseNamespace;

	private final Map<Key, String> hashes = new HashMap<>();

	/**
	 * Finds what is versioned.
	 * @param all whether those are that do not say otherwise
	 * @param keep how many versions stay in the cluster
	 * @param releaseNamespace of objects that name none
	 * @throws BakeRefusedException if one cannot be versioned
	 */
	ConfigVersions(List<ManifestDocument> documents, boolean all, int keep, String releaseNamespace) {
		this.all = all;
		this.keep = keep;
		this.releaseNamespace = releaseNamespace;
		for (ManifestDocument document : documents) {
			for (ManifestObject object : ManifestObject.of(document)) {
				if (isVersioned(document, object)) {
					this.hashes.put(key(object.kind(), object, object.name()), hash(document, object));
				}
			}
		}
	}

	private boolean isVersioned(ManifestDocument document, ManifestObject object) {
		if (!KINDS.contains(object.kind()) || !object.group().isEmpty() || object.hook() || object.name().isEmpty()
				|| !object.label(VERSION).isEmpty()) {
			return false;
		}
		return switch (object.annotation(VERSIONED)) {
			case "true" -> true;
			case "false" -> false;
			case "" -> this.all && ContentHash.hasContent(object);
			default -> throw new BakeRefusedException(document.source() + ": the annotation " + VERSIONED + " of "
					+ object.title() + " must be \"true\" or \"false\", not \"" + object.annotation(VERSIONED) + "\"");
		};
	}

	private static String hash(ManifestDocument document, ManifestObject object) {
		String hash = ContentHash.of(object);
		if (object.name().length() + 1 + hash.length() > LONGEST_NAME) {
			throw new BakeRefusedException(document.source() + ": the name of " + object.title()
					+ " is too long to carry a version; a name has " + LONGEST_NAME + " characters at most");
		}
		return hash;
	}

	private Key key(String kind, ManifestObject near, String name) {
		String namespace = near.namespace();
		return new Key(kind, namespace.isEmpty() ? this.releaseNamespace : namespace, name);
	}

	/**
	 * Renames a versioned object, and makes what it names follow.
	 * @throws BakeRefusedException if a hook runs before what it names is there
	 */
	void apply(ManifestDocument document, ManifestObject object, ObjectMarks marks, DocumentEdits edits) {
		if (this.hashes.isEmpty()) {
			return;
		}
		String hash = this.hashes.get(key(object.kind(), object, object.name()));
		if (hash != null && !object.hook()) {
			rename(object, hash, marks, edits);
		}
		for (ConfigReferences.Reference reference : ConfigReferences.of(object)) {
			String name = reference.name().getValue();
			String version = this.hashes.get(key(reference.kind(), object, name));
			if (version != null) {
				checkTime(document, object, reference.kind() + "/" + name);
				edits.replace(reference.name(), name + "-" + version);
			}
		}
	}

	private void rename(ManifestObject object, String hash, ObjectMarks marks, DocumentEdits edits) {
		@Nullable MappingNode metadata = ObjectMarks.metadata(object);
		if (metadata == null || !(YamlNodes.own(metadata, "name") instanceof ScalarNode name)) {
			edits.entangle();
			return;
		}
		edits.replace(name, object.name() + "-" + hash);
		marks.labels().put(VERSION, hash);
		marks.labels().put(Marks.VERSION_OF, Marks.labelValue(object.name()));
		marks.annotations().putAll(annotations(object));
	}

	private Map<String, String> annotations(ManifestObject object) {
		Map<String, String> annotations = new LinkedHashMap<>();
		annotations.put(Marks.ORIGINAL_NAME, object.name());
		annotations.put(Marks.KEEP_VERSIONS, Integer.toString(this.keep));
		return annotations;
	}

	private static void checkTime(ManifestDocument document, ManifestObject object, String config) {
		String own = object.annotation("helm.sh/hook");
		String hooks = own.isEmpty() ? String.join(",", document.hooks()) : own;
		if (BEFORE.matcher(hooks).find()) {
			throw new BakeRefusedException(
					document.source() + ": " + object.title() + " is run before the release (hook " + hooks
							+ ") and names " + config + ", which is versioned and is not there by then. Annotate "
							+ config + " with " + VERSIONED + ": \"false\", or make it a hook too");
		}
	}

	/**
	 * Which ConfigMap or Secret.
	 */
	private record Key(String kind, String namespace, String name) {
	}

}
