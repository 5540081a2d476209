package io.gennaker.pipelines.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.gennaker.pipelines.model.ObjectChoice;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code object}: which objects of a cluster a stage concerns.
 */
final class ObjectChoiceDecoder {

	static final Vocabulary OBJECT = Vocabulary.of("object", "kind", "name", "selector", "api-version", "namespace");

	private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

	private static final Pattern API_VERSION = Pattern.compile("(?:[a-z0-9][-a-z0-9.]{0,252}/)?v[0-9][a-z0-9]{0,30}");

	private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?");

	/** The newest version of each kind that every supported Kubernetes serves. */
	private static final Map<String, String> VERSIONS = versions();

	private ObjectChoiceDecoder() {
	}

	private static Map<String, String> versions() {
		Map<String, String> versions = new LinkedHashMap<>();
		add(versions, "apps/v1", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
		add(versions, "batch/v1", "Job", "CronJob");
		add(versions, "v1", "Pod", "Service", "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim",
				"Namespace", "Node", "PersistentVolume", "ResourceQuota", "LimitRange");
		add(versions, "autoscaling/v2", "HorizontalPodAutoscaler");
		add(versions, "policy/v1", "PodDisruptionBudget");
		add(versions, "networking.k8s.io/v1", "Ingress", "IngressClass", "NetworkPolicy");
		add(versions, "rbac.authorization.k8s.io/v1", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
		add(versions, "apiextensions.k8s.io/v1", "CustomResourceDefinition");
		add(versions, "storage.k8s.io/v1", "StorageClass");
		return versions;
	}

	private static void add(Map<String, String> versions, String version, String... kinds) {
		for (String kind : kinds) {
			versions.put(kind, version);
		}
	}

	/**
	 * Reads the key {@code object} of a stage.
	 * @param bySelector whether labels may choose several
	 * @param kinds the kinds that the stage can be used with; empty for all
	 */
	static ObjectChoice decode(Section stage, boolean bySelector, Set<String> kinds) {
		Value value = stage.require("object");
		if (value == null) {
			return ObjectChoice.named("", "v1", "");
		}
		Section section = new Section(value, OBJECT);
		String kind = section.requiredText("kind");
		String version = version(section, kind);
		if (!kind.isBlank() && !kinds.isEmpty() && !kinds.contains(kind) && VERSIONS.containsKey(kind)) {
			section.problem("kind", DocumentPath.quoted(kind) + " is not allowed here; allowed are "
					+ String.join(", ", kinds.stream().sorted().toList()));
		}
		String name = section.text("name");
		Map<String, String> selector = selector(section);
		if (value.kind().equals("a mapping")) {
			checkChoice(section, name, bySelector);
		}
		return new ObjectChoice(kind, version, namespace(section), name, selector);
	}

	private static String version(Section section, String kind) {
		boolean readable = KIND.matcher(kind).matches();
		if (!kind.isBlank() && !readable) {
			section.problem("kind", DocumentPath.quoted(kind) + " is not a kind such as Deployment");
		}
		String version = section.text("api-version");
		if (version != null && !API_VERSION.matcher(version).matches()) {
			section.problem("api-version", DocumentPath.quoted(version) + " is not an API version such as apps/v1");
		}
		String known = VERSIONS.get(kind);
		if (version == null && known == null && readable && section.find("api-version") == null) {
			section.problem("kind", "write the 'api-version' of " + DocumentPath.quoted(kind) + " beside it");
		}
		return (version != null) ? version : (known != null) ? known : "v1";
	}

	private static void checkChoice(Section section, @Nullable String name, boolean bySelector) {
		boolean named = section.find("name") != null;
		boolean selected = section.find("selector") != null;
		if (selected && !bySelector) {
			section.problem("selector", "this stage concerns one object; give its 'name'");
		}
		else if (named == selected) {
			section.value().problem("give either 'name'" + (bySelector ? " or 'selector'" : ""));
		}
		if (name != null && !Names.hasExpression(name) && !OBJECT_NAME.matcher(name).matches()) {
			section.problem("name", DocumentPath.quoted(name) + " is not a name of a Kubernetes object");
		}
	}

	private static @Nullable String namespace(Section section) {
		String namespace = section.text("namespace");
		if (namespace != null && !Names.hasExpression(namespace) && !Names.isDnsLabel(namespace)) {
			section.problem("namespace", Names.notDnsLabel(namespace));
		}
		return namespace;
	}

	private static Map<String, String> selector(Section section) {
		Value value = section.find("selector");
		Map<String, String> labels = new LinkedHashMap<>();
		if (value == null) {
			return labels;
		}
		value.entries().forEach((label, wanted) -> {
			String text = wanted.text();
			if (text != null) {
				labels.put(label, text);
			}
		});
		if (value.kind().equals("a mapping") && value.lookup().isEmpty()) {
			value.problem("a selector without labels would choose everything; write at least one");
		}
		return labels;
	}

	/** The kinds whose deletion takes everything of others with it. */
	static final List<String> SWEEPING = List.of("Namespace", "CustomResourceDefinition");

}
