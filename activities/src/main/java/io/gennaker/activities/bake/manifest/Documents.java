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
 * Splits what templates rendered to into documents, and puts these into Helm's order:
 * what stands in {@code crds/}, the objects by kind, the hooks by kind.
 * <p>
 * A document is what stands between two separators, without the white space around it,
 * and holds one object. What holds only comments, or nothing, is none. Left out are
 * tests, which run on nobody's behalf here; a hook that is a test and something else
 * stays, as an installation runs it.
 * <p>
 * Clusters' documents are much alike, so those that were read last are kept. Thread-safe.
 */
public final class Documents {

	/** As Helm splits (helm.sh/helm/v3/pkg/releaseutil); Go's white space has no \v. */
	private static final Pattern SEPARATOR = Pattern.compile("(?:^|[\\t\\n\\f\\r ]*\\n)---[\\t\\n\\f\\r ]*");

	private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Set<String> HOOKS = Set.of("pre-install", "post-install", "pre-delete", "post-delete",
			"pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback", "test", "test-success");

	private final ManifestLimits limits;

	private final YamlNodes yaml;

	private final RecentDocuments recent = new RecentDocuments();

	/**
	 * Nothing was read yet.
	 */
	public Documents(ManifestLimits limits) {
		this.limits = limits;
		this.yaml = new YamlNodes(limits);
	}

	ManifestLimits limits() {
		return this.limits;
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
		return chart.files().stream().filter((file) -> file.crd() == crds).flatMap(this::documents).toList();
	}

	private void checkCount(int count) {
		if (count > this.limits.documents()) {
			throw new BakeRefusedException(
					"the chart renders to more than " + this.limits.documents() + " objects, which is the limit");
		}
	}

	private Stream<ManifestDocument> documents(RenderedChart.RenderedFile file) {
		if (file.crd() && !MANIFEST.matcher(file.source()).matches()) {
			return Stream.empty();
		}
		return SEPARATOR.splitAsStream(GoSpace.trim(file.text()))
			.map(GoSpace::trim)
			.filter((text) -> !text.isEmpty())
			.mapMulti((text, out) -> {
				ManifestDocument document = this.recent.get(file.source(), text, this::document);
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
		List<String> hooks = hooks(root);
		if (hooks != null && !HOOKS.containsAll(hooks)) {
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
		return new ManifestDocument(source, text, apiVersion, kind, name, (hooks != null) ? hooks : List.of(), root);
	}

	/**
	 * When a hook runs, or null where the object is none. Helm leaves out an object whose
	 * hooks it does not know, such as {@code crd-install} of its second version.
	 */
	private static @Nullable List<String> hooks(Node root) {
		Node annotation = YamlNodes.get(root, List.of("metadata", "annotations", "helm.sh/hook"));
		if (annotation == null) {
			return null;
		}
		return Stream.of(YamlNodes.text(annotation).split(",", -1))
			.map((hook) -> GoSpace.trim(hook).toLowerCase(Locale.ROOT))
			.toList();
	}

}
