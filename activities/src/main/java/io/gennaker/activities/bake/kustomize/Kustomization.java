package io.gennaker.activities.bake.kustomize;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One {@code kustomization.yaml}: what it refers to. Only keys that are known to be
 * harmless are taken, spelled as documented, since kustomize itself also takes other
 * spellings; what runs or fetches anything is refused.
 */
final class Kustomization {

	/** The names that the file may have. */
	static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

	private static final int LIMIT = 1024 * 1024;

	private static final Set<String> PLAIN = Set.of("apiVersion", "kind", "metadata", "namePrefix", "nameSuffix",
			"namespace", "commonLabels", "labels", "commonAnnotations", "images", "replicas", "vars", "sortOptions",
			"generatorOptions", "buildMetadata");

	private static final Map<String, String> REFUSED = Map.of("helmCharts", "would render further charts",
			"helmGlobals", "would render further charts", "helmChartInflationGenerator", "would render further charts",
			"generators", "runs plugins", "transformers", "runs plugins", "validators", "runs plugins");

	private static final Set<String> PATCH = Set.of("path", "patch", "target", "options");

	private static final Set<String> REPLACEMENT = Set.of("path", "source", "targets");

	private static final Set<String> GENERATOR = Set.of("name", "namespace", "behavior", "type", "files", "envs", "env",
			"literals", "options");

	private final String file;

	private final List<Reference> references = new ArrayList<>();

	private Kustomization(String file) {
		this.file = file;
	}

	/**
	 * Reads one.
	 * @param file its path, for messages
	 * @throws BakeRefusedException if it is not YAML, or holds what is refused
	 */
	static List<Reference> references(String file, byte[] yaml) {
		Kustomization kustomization = new Kustomization(file);
		kustomization.entries(kustomization.load(yaml), "the file").forEach(kustomization::take);
		return kustomization.references;
	}

	private @Nullable Object load(byte[] yaml) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel(this.file)
			.setMaxAliasesForCollections(20)
			.setCodePointLimit(LIMIT)
			.build();
		try {
			return new Load(settings).loadFromString(new String(yaml, StandardCharsets.UTF_8));
		}
		catch (YamlEngineException | StackOverflowError ex) {
			throw new BakeRefusedException(this.file + " is not YAML: " + ex.getMessage(), ex);
		}
	}

	private void take(String key, @Nullable Object value) {
		String refused = REFUSED.get(key);
		if (refused != null) {
			throw refused("'" + key + "' " + refused + ", which is refused here");
		}
		switch (key) {
			case "resources", "bases", "components" -> texts(key, value).forEach((path) -> add(key, path, true));
			case "crds", "configurations" -> texts(key, value).forEach((path) -> add(key, path, false));
			case "openapi" -> each(key, List.of(orEmpty(value)), Set.of("path", "version"));
			case "patchesStrategicMerge" -> texts(key, value).forEach(this::patch);
			case "patches", "patchesJson6902" -> each(key, list(key, value), PATCH);
			case "replacements" -> each(key, list(key, value), REPLACEMENT);
			case "configMapGenerator", "secretGenerator" -> each(key, list(key, value), GENERATOR);
			default -> {
				if (!PLAIN.contains(key)) {
					throw refused("the key '" + key + "' is not known; known are the keys of the documentation of "
							+ "kustomize, without those that run or fetch anything");
				}
			}
		}
	}

	private static Object orEmpty(@Nullable Object value) {
		return (value != null) ? value : Map.of();
	}

	/** It may also be the patch itself. */
	private void patch(String patch) {
		if (patch.startsWith("http") || !(patch.contains("\n") || patch.contains("{"))) {
			add("patchesStrategicMerge", patch, false);
		}
	}

	private void each(String key, List<?> items, Set<String> allowed) {
		for (Object item : items) {
			entries(item, "'" + key + "'").forEach((name, value) -> {
				if (!allowed.contains(name)) {
					throw refused("the key '" + name + "' of '" + key + "' is not known");
				}
				switch (name) {
					case "path" -> texts(key, List.of(orEmpty(value))).forEach((path) -> add(key, path, false));
					case "env" -> texts(key, List.of(orEmpty(value))).forEach((path) -> add(key, path, false));
					case "files", "envs" ->
						texts(key, value).forEach((path) -> add(key, path.substring(path.indexOf('=') + 1), false));
					default -> {
					}
				}
			});
		}
	}

	private void add(String key, String path, boolean folder) {
		this.references.add(new Reference(this.file, key, path, folder));
	}

	private Map<String, @Nullable Object> entries(@Nullable Object value, String what) {
		if (!(value instanceof Map<?, ?> map)) {
			throw refused(what + " must be a mapping");
		}
		Map<String, @Nullable Object> entries = new LinkedHashMap<>();
		map.forEach((key, entry) -> {
			if (!(key instanceof String name) || name.equals("<<")) {
				throw refused(what + " holds the key '" + key + "', which is not taken here");
			}
			entries.put(name, entry);
		});
		return entries;
	}

	private List<?> list(String key, @Nullable Object value) {
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof List<?> list)) {
			throw refused("'" + key + "' must be a list");
		}
		return list;
	}

	private List<String> texts(String key, @Nullable Object value) {
		return list(key, value).stream().flatMap((item) -> {
			if (!(item instanceof String text)) {
				throw refused("'" + key + "' must hold texts alone");
			}
			return Stream.of(text);
		}).toList();
	}

	private BakeRefusedException refused(String reason) {
		return new BakeRefusedException(this.file + ": " + reason);
	}

	/**
	 * A file or folder that a kustomization names.
	 *
	 * @param file the kustomization
	 * @param key under which key
	 * @param path as written
	 * @param folder whether it may be a folder with a kustomization of its own
	 */
	record Reference(String file, String key, String path, boolean folder) {

		boolean isResource() {
			return this.key.equals("resources");
		}

	}

}
