package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Splits what templates rendered to into objects, and puts these into Helm's order: what
 * stands in {@code crds/}, the objects by kind, the hooks by kind. Tests are left out.
 */
final class Documents {

	/** As Helm splits (helm.sh/helm/v3/pkg/releaseutil). */
	private static final Pattern SEPARATOR = Pattern.compile("(?:^|\\s*\\n)---\\s*");

	private static final Set<String> HOOKS = Set.of("pre-install", "post-install", "pre-delete", "post-delete",
			"pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback", "test", "test-success");

	/** A chart's own come before those of its subcharts. */
	private static final Comparator<RenderedChart.RenderedFile> CRD_ORDER = Comparator
		.comparing((RenderedChart.RenderedFile file) -> file.source().substring(0, file.source().indexOf("/crds/") + 1))
		.thenComparing(RenderedChart.RenderedFile::source);

	private final ManifestLimits limits;

	private final YamlNodes yaml;

	Documents(ManifestLimits limits) {
		this.limits = limits;
		this.yaml = new YamlNodes(limits);
	}

	/**
	 * The objects in their order.
	 */
	List<ManifestDocument> read(RenderedChart chart) {
		List<ManifestDocument> rendered = documents(chart, false).stream()
			.filter((document) -> !document.isTest())
			.sorted(InstallOrder.BY_KIND)
			.toList();
		List<ManifestDocument> all = new ArrayList<>(documents(chart, true));
		rendered.stream().filter((document) -> !document.isHook()).forEach(all::add);
		rendered.stream().filter(ManifestDocument::isHook).forEach(all::add);
		checkCount(all.size());
		return all;
	}

	private List<ManifestDocument> documents(RenderedChart chart, boolean crds) {
		return chart.files()
			.stream()
			.filter((file) -> file.crd() == crds)
			.sorted(crds ? CRD_ORDER : Comparator.comparing(RenderedChart.RenderedFile::source))
			.flatMap(this::documents)
			.toList();
	}

	private void checkCount(int count) {
		if (count > this.limits.documents()) {
			throw new BakeRefusedException(
					"the chart renders to more than " + this.limits.documents() + " objects, which is the limit");
		}
	}

	private Stream<ManifestDocument> documents(RenderedChart.RenderedFile file) {
		if (file.crd() && !file.source().matches(".*\\.(ya?ml|json)")) {
			return Stream.empty();
		}
		return SEPARATOR.splitAsStream(file.text().strip())
			.map(String::strip)
			.filter((text) -> !text.isEmpty())
			.mapMulti((text, out) -> {
				ManifestDocument document = document(file.source(), text);
				if (document != null) {
					out.accept(document);
				}
			});
	}

	private @Nullable ManifestDocument document(String source, String text) {
		Node node = this.yaml.read(source, text);
		if (node == null || node.getTag().equals(Tag.NULL)) {
			return null;
		}
		if (!(node instanceof MappingNode root)) {
			throw new BakeRefusedException(source + " renders to a document that is not an object");
		}
		if (root.getValue().isEmpty()) {
			return null;
		}
		String apiVersion = YamlNodes.text(YamlNodes.get(root, "apiVersion"));
		String kind = YamlNodes.text(YamlNodes.get(root, "kind"));
		if (apiVersion.isEmpty() || kind.isEmpty()) {
			throw new BakeRefusedException(source + " renders to an object without "
					+ (kind.isEmpty() ? "a kind" : "an apiVersion; its kind is " + kind));
		}
		String name = YamlNodes.text(YamlNodes.get(root, List.of("metadata", "name")));
		if (name.isEmpty() && !kind.endsWith("List")) {
			throw new BakeRefusedException(source + " renders to a " + kind + " without metadata.name");
		}
		return new ManifestDocument(source, text, apiVersion, kind, name, hooks(source, root), root);
	}

	private static List<String> hooks(String source, MappingNode root) {
		String annotation = YamlNodes.text(YamlNodes.get(root, List.of("metadata", "annotations", "helm.sh/hook")));
		if (annotation.isBlank()) {
			return List.of();
		}
		List<String> hooks = Stream.of(annotation.split(","))
			.map((hook) -> hook.strip().toLowerCase(Locale.ROOT))
			.toList();
		for (String hook : hooks) {
			if (!HOOKS.contains(hook)) {
				throw new BakeRefusedException(source + " has the hook '" + hook
						+ "', which Helm does not know; it knows " + HOOKS.stream().sorted().toList());
			}
		}
		return hooks;
	}

}
