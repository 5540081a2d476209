package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

import io.gennaker.activities.bake.chart.ChartMetadata;
import io.gennaker.activities.bake.origin.Layer;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The charts within a chart, under every name that Helm may give them: their own and
 * those of the {@code alias}es in their parent. Which of them are enabled only Helm
 * knows.
 */
final class ChartTree {

	private static final int MOST = 5000;

	private static final List<String> DEPENDENCY_FILES = List.of(ChartMetadata.FILE, "requirements.yaml");

	private final SortedMap<String, byte[]> files;

	private final List<Instance> instances = new ArrayList<>();

	private final Map<String, ChartMetadata> metadata = new HashMap<>();

	private final Map<String, List<Dependency>> dependencies = new HashMap<>();

	private final Map<String, Set<String>> subcharts = new HashMap<>();

	private ChartTree(SortedMap<String, byte[]> files) {
		this.files = files;
	}

	/**
	 * The tree of a chart.
	 * @param files its files by path; subcharts are folders
	 */
	static ChartTree of(SortedMap<String, byte[]> files) {
		ChartTree tree = new ChartTree(files);
		ChartMetadata root = tree.metadata("");
		tree.add(new Instance(root.name(), List.of(), "", root));
		return tree;
	}

	/**
	 * All of them, the root first.
	 */
	List<Instance> instances() {
		return List.copyOf(this.instances);
	}

	/**
	 * The folders that hold charts, each ending with a slash but for the root's, which is
	 * empty.
	 */
	Set<String> folders() {
		Set<String> folders = new LinkedHashSet<>();
		this.instances.forEach((instance) -> folders.add(instance.folder()));
		return folders;
	}

	/**
	 * The templates of a chart that Helm renders by themselves, by path within the chart.
	 * Those of a library are none.
	 */
	List<String> templates(String chart) {
		if (metadata(chart).library()) {
			return List.of();
		}
		String folder = chart + "templates/";
		List<String> templates = new ArrayList<>();
		for (String file : this.files.tailMap(folder).keySet()) {
			if (!file.startsWith(folder)) {
				break;
			}
			if (!file.startsWith("_", file.lastIndexOf('/') + 1)) {
				templates.add(file.substring(chart.length()));
			}
		}
		return templates;
	}

	/**
	 * The values that the charts bring along, those of subcharts before those of their
	 * parents.
	 * @param place the root's path, for people
	 */
	List<Layer> defaults(String place) {
		List<Layer> layers = new ArrayList<>();
		for (Instance instance : deepestFirst()) {
			byte[] yaml = this.files.get(instance.folder() + "values.yaml");
			if (yaml != null) {
				String file = place + "/" + instance.folder().replace("-archive/", ".tgz/") + "values.yaml";
				layers.add(new Layer(file, Layer.Kind.CHART, instance.chain(), yaml));
			}
		}
		return layers;
	}

	private List<Instance> deepestFirst() {
		return this.instances.stream()
			.sorted(Comparator.comparing((Instance instance) -> instance.chain().size()).reversed())
			.toList();
	}

	private void add(Instance instance) {
		this.instances.add(instance);
		if (this.instances.size() > MOST) {
			throw new BakeRefusedException(
					"the chart has more than " + MOST + " charts within, counted by their names");
		}
		List<Dependency> dependencies = this.dependencies.computeIfAbsent(instance.folder(), this::dependencies);
		for (String folder : this.subcharts.computeIfAbsent(instance.folder(), this::subcharts)) {
			ChartMetadata metadata = metadata(folder);
			Set<String> names = new TreeSet<>();
			names.add(metadata.name());
			dependencies.stream()
				.filter((dependency) -> dependency.name().equals(metadata.name()) && !dependency.alias().isEmpty())
				.forEach((dependency) -> names.add(dependency.alias()));
			names.forEach((name) -> add(instance.child(name, folder, metadata)));
		}
	}

	/** What begins with an underscore or a dot is no chart to Helm. */
	private Set<String> subcharts(String parent) {
		String folder = parent + "charts/";
		Set<String> charts = new TreeSet<>();
		for (String file : this.files.tailMap(folder).keySet()) {
			if (!file.startsWith(folder)) {
				break;
			}
			String rest = file.substring(folder.length());
			if (rest.matches("[^/_.][^/]*/Chart\\.yaml")) {
				charts.add(folder + rest.substring(0, rest.indexOf('/') + 1));
			}
		}
		return charts;
	}

	private ChartMetadata metadata(String chart) {
		return this.metadata.computeIfAbsent(chart, this::read);
	}

	private ChartMetadata read(String chart) {
		String file = chart + ChartMetadata.FILE;
		byte[] yaml = this.files.get(file);
		if (yaml == null) {
			throw new BakeRefusedException("the chart has no " + file);
		}
		return ChartMetadata.read(file, yaml);
	}

	private List<Dependency> dependencies(String chart) {
		List<Dependency> found = new ArrayList<>();
		for (String name : DEPENDENCY_FILES) {
			byte[] yaml = this.files.get(chart + name);
			if (yaml != null && entries(chart + name, yaml) instanceof Map<?, ?> map
					&& map.get("dependencies") instanceof List<?> list) {
				list.forEach((each) -> {
					if (each instanceof Map<?, ?> dependency) {
						found.add(new Dependency(text(dependency.get("name")), text(dependency.get("alias"))));
					}
				});
			}
		}
		return found;
	}

	private static String text(@Nullable Object value) {
		return (value instanceof String text) ? text : "";
	}

	private static Object entries(String file, byte[] yaml) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel(file)
			.setSchema(new FailsafeSchema())
			.setAllowDuplicateKeys(true)
			.setMaxAliasesForCollections(20)
			.build();
		try {
			String text = new String(yaml, StandardCharsets.UTF_8);
			boolean empty = new Compose(settings).composeString(text).isEmpty();
			return empty ? Map.of() : new Load(settings).loadFromString(text);
		}
		catch (YamlEngineException | StackOverflowError ex) {
			throw new BakeRefusedException(file + " is not YAML: " + ex.getMessage(), ex);
		}
	}

	private record Dependency(String name, String alias) {
	}

	/**
	 * A chart under one of its names.
	 *
	 * @param path as Helm names it, such as {@code classroom/charts/redis}
	 * @param chain the names from below the root to it
	 * @param folder where its files lie
	 * @param metadata what its {@code Chart.yaml} says
	 */
	record Instance(String path, List<String> chain, String folder, ChartMetadata metadata) {

		Instance child(String name, String childFolder, ChartMetadata child) {
			List<String> names = new ArrayList<>(this.chain);
			names.add(name);
			return new Instance(this.path + "/charts/" + name, List.copyOf(names), childFolder, child);
		}

	}

	/**
	 * A template of an enabled chart.
	 *
	 * @param instance whose it is
	 * @param file its path within the chart
	 */
	record Template(Instance instance, String file) {

		/** Helm takes the deepest first and, of the equally deep, the last by name. */
		static final Comparator<Template> RENDER_ORDER = Comparator
			.comparing((Template template) -> template.name().chars().filter((c) -> c == '/').count())
			.thenComparing(Template::name, Utf8Order.INSTANCE)
			.reversed();

		String name() {
			return this.instance.path() + "/" + this.file;
		}

	}

}
