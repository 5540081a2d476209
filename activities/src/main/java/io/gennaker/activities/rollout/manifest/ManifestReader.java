package io.gennaker.activities.rollout.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a release's manifests: a YAML stream of objects, in which a {@code List} stands
 * for its items. Tags, deep nesting and more than 50 aliases are refused.
 */
public final class ManifestReader {

	private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

	private static final int MAX_ALIASES = 50;

	private static final int MAX_DEPTH = 200;

	private ManifestReader() {
	}

	/**
	 * The objects in the order of the stream.
	 * @throws ManifestException if the text is not YAML, or a document is no Kubernetes
	 * object, or an object stands there twice
	 */
	public static List<Manifest> read(String manifests) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel("manifests")
			.setSchema(new GoScalars())
			.setCodePointLimit(MAX_CHARACTERS)
			.setMaxAliasesForCollections(MAX_ALIASES)
			.setAllowDuplicateKeys(false)
			.build();
		List<Manifest> read = new ArrayList<>();
		try {
			int document = 0;
			for (Object root : new Load(settings).loadAllFromString(manifests)) {
				document++;
				add(root, "document " + document, read);
			}
		}
		catch (YamlEngineException ex) {
			throw new ManifestException("The manifests are not valid YAML: " + ex.getMessage(), ex);
		}
		catch (StackOverflowError ex) {
			// the parser itself descends without a limit
			throw new ManifestException("The manifests are nested too deeply", ex);
		}
		refuseRepetition(read);
		return List.copyOf(read);
	}

	private static void add(@Nullable Object root, String where, List<Manifest> read) {
		if (root == null) {
			return;
		}
		if (!(plain(root, where, 0) instanceof Map<?, ?> map)) {
			throw new ManifestException("The manifests' " + where + " is not a Kubernetes object but " + root);
		}
		Map<String, Object> content = new LinkedHashMap<>();
		map.forEach((key, value) -> content.put((String) key, value));
		Manifest manifest = new Manifest(content);
		if (manifest.kind().endsWith("List") && manifest.at("items") instanceof List<?> items) {
			for (int i = 0; i < items.size(); i++) {
				add(items.get(i), where + ", item " + (i + 1), read);
			}
			return;
		}
		if (manifest.apiVersion().isEmpty() || manifest.kind().isEmpty() || namesNothing(manifest)) {
			throw new ManifestException("The manifests' " + where
					+ " lacks apiVersion, kind or metadata.name (or generateName): it has the keys "
					+ content.keySet());
		}
		read.add(manifest);
	}

	private static boolean namesNothing(Manifest manifest) {
		return manifest.name().isEmpty() && manifest.generateName().isEmpty();
	}

	private static @Nullable Object plain(@Nullable Object value, String where, int depth) {
		if (depth > MAX_DEPTH) {
			throw new ManifestException("The manifests' " + where + " is nested deeper than " + MAX_DEPTH + " levels");
		}
		return switch (value) {
			case null -> null;
			case String text -> text;
			case Number number -> number;
			case Boolean flag -> flag;
			case Map<?, ?> map -> plainMap(map, where, depth);
			case List<?> list -> {
				List<@Nullable Object> copy = new ArrayList<>();
				list.forEach((item) -> copy.add(plain(item, where, depth + 1)));
				yield copy;
			}
			default -> throw new ManifestException(
					"The manifests' " + where + " holds a tagged value, which Kubernetes does not know");
		};
	}

	private static Map<String, @Nullable Object> plainMap(Map<?, ?> map, String where, int depth) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value, where, depth + 1)));
		return copy;
	}

	private static void refuseRepetition(List<Manifest> manifests) {
		Set<List<String>> seen = new HashSet<>();
		for (Manifest manifest : manifests) {
			if (!manifest.name().isEmpty()
					&& !seen.add(List.of(manifest.group(), manifest.kind(), manifest.namespace(), manifest.name()))) {
				throw new ManifestException(
						"The manifests hold " + manifest.title() + " twice: give one of them another name");
			}
		}
	}

}
