package io.gennaker.activities.bake.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartMetadata;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Which of its dependencies a chart lacks, and in which versions its lock has them
 * (https://helm.sh/docs/topics/charts/#chart-dependencies).
 */
final class ChartDependencies {

	private static final int FILE_LIMIT = 1024 * 1024;

	private static final Pattern VENDORED = Pattern.compile("charts/[^/]+/" + Pattern.quote(ChartMetadata.FILE));

	private static final String REMEDY = "run 'helm dependency update' and keep Chart.lock with the chart, or vendor"
			+ " them in charts/";

	private final Chart chart;

	private final String source;

	ChartDependencies(Chart chart, String source) {
		this.chart = chart;
		this.source = source;
	}

	/**
	 * What has to be fetched.
	 * @throws BakeRefusedException if something lacks that no lock tells the version of,
	 * or the lock is of another {@code Chart.yaml}
	 */
	List<Locked> missing() {
		List<Map<?, ?>> wanted = wanted();
		Set<String> vendored = vendored();
		List<String> missing = wanted.stream()
			.map((each) -> text(each, "name"))
			.filter((name) -> !vendored.contains(name))
			.distinct()
			.toList();
		if (missing.isEmpty()) {
			return List.of();
		}
		String file = lockFile();
		byte[] lock = this.chart.files().get(file);
		if (lock == null) {
			throw new BakeRefusedException(this.source + " lacks its dependencies " + String.join(", ", missing)
					+ " in charts/, and has no " + file + "; " + REMEDY);
		}
		Map<?, ?> root = read(file, lock);
		List<Map<?, ?>> locked = list(file, root);
		if (!LockDigest.accepts(text(root, "digest"), wanted, locked)) {
			throw new BakeRefusedException(this.source + ": " + file + " is not of this " + ChartMetadata.FILE
					+ "; run 'helm dependency update'");
		}
		return missing.stream().flatMap((name) -> locked(file, name, locked).stream()).toList();
	}

	private List<Locked> locked(String file, String name, List<Map<?, ?>> all) {
		List<Locked> found = all.stream()
			.filter((each) -> text(each, "name").equals(name))
			.map((each) -> new Locked(name, text(each, "version"), text(each, "repository")))
			.distinct()
			.toList();
		if (found.isEmpty()) {
			throw new BakeRefusedException(
					this.source + ": " + file + " lacks the dependency " + name + "; run 'helm dependency update'");
		}
		return found;
	}

	/** Charts of {@code apiVersion: v1} have a file of their own. */
	private List<Map<?, ?>> wanted() {
		byte[] metadata = this.chart.files().get(ChartMetadata.FILE);
		byte[] requirements = this.chart.files().get("requirements.yaml");
		if (metadata != null) {
			List<Map<?, ?>> declared = list(ChartMetadata.FILE, read(ChartMetadata.FILE, metadata));
			if (!declared.isEmpty() || requirements == null) {
				return declared;
			}
		}
		return (requirements != null) ? list("requirements.yaml", read("requirements.yaml", requirements)) : List.of();
	}

	private String lockFile() {
		SortedMap<String, byte[]> files = this.chart.files();
		boolean old = files.containsKey("requirements.yaml") && !files.containsKey("Chart.lock");
		return old ? "requirements.lock" : "Chart.lock";
	}

	private Set<String> vendored() {
		Set<String> names = new HashSet<>();
		this.chart.files().forEach((path, bytes) -> {
			if (VENDORED.matcher(path).matches()) {
				names.add(ChartMetadata.read(this.source + "/" + path, bytes).name());
			}
		});
		return names;
	}

	private List<Map<?, ?>> list(String file, Map<?, ?> root) {
		List<Map<?, ?>> entries = new ArrayList<>();
		if (root.get("dependencies") instanceof List<?> list) {
			for (Object entry : list) {
				if (!(entry instanceof Map<?, ?> map) || text(map, "name").isEmpty()) {
					throw new BakeRefusedException(this.source + ": a dependency in " + file + " has no name");
				}
				entries.add(map);
			}
		}
		return entries;
	}

	private Map<?, ?> read(String file, byte[] yaml) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel(file)
			.setSchema(new FailsafeSchema())
			.setAllowDuplicateKeys(true)
			.setMaxAliasesForCollections(20)
			.setCodePointLimit(FILE_LIMIT)
			.build();
		try {
			Object document = new Load(settings).loadFromString(new String(yaml, StandardCharsets.UTF_8));
			return (document instanceof Map<?, ?> map) ? map : Map.of();
		}
		catch (YamlEngineException | StackOverflowError ex) {
			throw new BakeRefusedException(this.source + ": " + file + " is not YAML: " + ex.getMessage(), ex);
		}
	}

	static String text(Map<?, ?> entries, String key) {
		@Nullable Object value = entries.get(key);
		return (value instanceof String text) ? text : "";
	}

	/**
	 * A dependency as the lock has it.
	 *
	 * @param version exact
	 * @param repository {@code https://…}, {@code oci://…}, {@code file://…}
	 */
	record Locked(String name, String version, String repository) {
	}

}
