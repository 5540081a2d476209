package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds where objects name ConfigMaps and Secrets.
 */
final class ConfigReferences {

	private static final String CONFIG_MAP = "ConfigMap";

	private static final String SECRET = "Secret";

	private final List<Reference> found = new ArrayList<>();

	private ConfigReferences() {
	}

	/**
	 * The references of an object.
	 */
	static List<Reference> of(ManifestObject object) {
		ConfigReferences references = new ConfigReferences();
		Node podSpec = PodTemplates.podSpec(object);
		if (podSpec != null) {
			references.addPod(podSpec);
			return references.found;
		}
		switch (object.kind()) {
			case "ServiceAccount" -> {
				references.addEach(SECRET, object.at("secrets"), "name");
				references.addEach(SECRET, object.at("imagePullSecrets"), "name");
			}
			case "Ingress" -> references.addEach(SECRET, object.at("spec", "tls"), "secretName");
			case "ConfigMap", "CustomResourceDefinition", "Secret" -> {
			}
			default -> references.addAlike(object.at("spec"), YamlNodes.identities());
		}
		return references.found;
	}

	/**
	 * Custom resources that make pods name ConfigMaps and Secrets as pods do, wherever
	 * they do.
	 */
	private void addAlike(@Nullable Node node, Set<Node> visited) {
		if (node == null || !visited.add(node)) {
			return;
		}
		YamlNodes.elements(node).forEach((item) -> addAlike(item, visited));
		YamlNodes.entries(node).forEach((key, entry) -> {
			Node value = entry.getValueNode();
			switch (key) {
				case "configMap", "configMapRef", "configMapKeyRef" -> add(CONFIG_MAP, YamlNodes.get(value, "name"));
				case "secretRef", "secretKeyRef", "nodePublishSecretRef" -> add(SECRET, YamlNodes.get(value, "name"));
				case "imagePullSecrets" -> addEach(SECRET, value, "name");
				case "secret" -> {
					add(SECRET, YamlNodes.get(value, "name"));
					add(SECRET, YamlNodes.get(value, "secretName"));
				}
				default -> addAlike(value, visited);
			}
		});
	}

	private void addPod(Node podSpec) {
		addEach(SECRET, YamlNodes.get(podSpec, "imagePullSecrets"), "name");
		YamlNodes.elements(YamlNodes.get(podSpec, "volumes")).forEach(this::addVolume);
		PodTemplates.containers(podSpec).forEach(this::addContainer);
	}

	private void addVolume(Node volume) {
		addSource(volume);
		add(SECRET, YamlNodes.get(volume, List.of("secret", "secretName")));
		add(SECRET, YamlNodes.get(volume, List.of("csi", "nodePublishSecretRef", "name")));
		add(SECRET, YamlNodes.get(volume, List.of("azureFile", "secretName")));
		for (String driver : List.of("cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos")) {
			add(SECRET, YamlNodes.get(volume, List.of(driver, "secretRef", "name")));
		}
		for (Node source : YamlNodes.elements(YamlNodes.get(volume, List.of("projected", "sources")))) {
			addSource(source);
			add(SECRET, YamlNodes.get(source, List.of("secret", "name")));
		}
	}

	private void addSource(Node source) {
		add(CONFIG_MAP, YamlNodes.get(source, List.of("configMap", "name")));
	}

	private void addContainer(Node container) {
		for (Node from : YamlNodes.elements(YamlNodes.get(container, "envFrom"))) {
			add(CONFIG_MAP, YamlNodes.get(from, List.of("configMapRef", "name")));
			add(SECRET, YamlNodes.get(from, List.of("secretRef", "name")));
		}
		for (Node variable : YamlNodes.elements(YamlNodes.get(container, "env"))) {
			add(CONFIG_MAP, YamlNodes.get(variable, List.of("valueFrom", "configMapKeyRef", "name")));
			add(SECRET, YamlNodes.get(variable, List.of("valueFrom", "secretKeyRef", "name")));
		}
	}

	private void addEach(String kind, @Nullable Node list, String key) {
		YamlNodes.elements(list).forEach((item) -> add(kind, YamlNodes.get(item, key)));
	}

	private void add(String kind, @Nullable Node name) {
		if (name instanceof ScalarNode scalar) {
			this.found.add(new Reference(kind, scalar));
		}
	}

	/**
	 * A ConfigMap or Secret that an object names.
	 *
	 * @param kind of what is named
	 * @param name its name
	 */
	record Reference(String kind, ScalarNode name) {
	}

}
