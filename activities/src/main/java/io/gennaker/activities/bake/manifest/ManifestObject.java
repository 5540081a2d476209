package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One Kubernetes object of a document: the document itself, or an item where that is a
 * {@code List}.
 *
 * @param node its YAML nodes
 * @param apiVersion such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param name perhaps empty
 * @param hook whether it is run before or after the release instead of being part of it
 */
record ManifestObject(MappingNode node, String apiVersion, String kind, String name, boolean hook) {

	/**
	 * The objects of a document in order. An item that aliases repeat is one object.
	 */
	static List<ManifestObject> of(ManifestDocument document) {
		List<ManifestObject> objects = new ArrayList<>();
		add(document.root(), document.isHook(), objects, YamlNodes.identities());
		return objects;
	}

	private static void add(Node node, boolean hook, List<ManifestObject> objects, Set<Node> visited) {
		if (!(node instanceof MappingNode mapping) || !visited.add(node)) {
			return;
		}
		String kind = YamlNodes.text(YamlNodes.get(mapping, "kind"));
		ManifestObject object = new ManifestObject(mapping, YamlNodes.text(YamlNodes.get(mapping, "apiVersion")), kind,
				YamlNodes.text(YamlNodes.get(mapping, List.of("metadata", "name"))),
				hook || !annotation(mapping, "helm.sh/hook").isBlank());
		if (kind.endsWith("List") && YamlNodes.get(mapping, "items") != null) {
			YamlNodes.elements(YamlNodes.get(mapping, "items"))
				.forEach((item) -> add(item, object.hook(), objects, visited));
		}
		else {
			objects.add(object);
		}
	}

	private static String annotation(Node node, String name) {
		return YamlNodes.text(YamlNodes.get(node, List.of("metadata", "annotations", name)));
	}

	/**
	 * An annotation's value; empty where there is none.
	 */
	String annotation(String name) {
		return annotation(this.node, name);
	}

	/**
	 * A label's value; empty where there is none.
	 */
	String label(String name) {
		return YamlNodes.text(at("metadata", "labels", name));
	}

	/**
	 * What stands at the end of several keys.
	 */
	@Nullable Node at(String... path) {
		return YamlNodes.get(this.node, List.of(path));
	}

	/**
	 * The API group; empty for the core group.
	 */
	String group() {
		int slash = this.apiVersion.indexOf('/');
		return (slash < 0) ? "" : this.apiVersion.substring(0, slash);
	}

	/**
	 * The namespace that it names itself; empty for none.
	 */
	String namespace() {
		return YamlNodes.text(at("metadata", "namespace"));
	}

	/**
	 * Such as {@code Deployment/api}.
	 */
	String title() {
		return this.kind + "/" + this.name;
	}

}
