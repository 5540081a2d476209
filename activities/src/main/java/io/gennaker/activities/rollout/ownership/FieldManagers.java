package io.gennaker.activities.rollout.ownership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.activities.rollout.manifest.Manifest;

/**
 * Who manages an object's fields, and how those of programs that deploy pass over to
 * Gennaker.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 * Apply</a>
 */
public final class FieldManagers {

	/** What the API server knows Gennaker's fields by. */
	public static final String GENNAKER = "gennaker";

	/**
	 * Programs whose fields are what somebody deployed. Fields of others, such as
	 * controllers and admission webhooks, stay theirs. Helm was once called by its
	 * language's HTTP client.
	 */
	private static final Set<String> DEPLOYERS = Set.of("kubectl", "helm", "Helm", "Go-http-client",
			"before-first-apply", "argocd-controller", "argocd-application-controller", "helm-controller",
			"kustomize-controller", "Terraform", "terraform", "pulumi-kubernetes");

	/** What makes others believe that an object is theirs. */
	private static final List<String> CLAIMS = List.of("meta.helm.sh/release-name", "meta.helm.sh/release-namespace",
			"kubectl.kubernetes.io/last-applied-configuration");

	private FieldManagers() {
	}

	/**
	 * The entries of an object's managers, but for those of its status.
	 */
	static List<Manifest> of(Manifest live) {
		return live.maps("metadata", "managedFields")
			.stream()
			.filter((entry) -> entry.text("subresource").isEmpty())
			.toList();
	}

	/**
	 * Whether Gennaker has written an object.
	 */
	static boolean applies(Manifest live) {
		return of(live).stream().anyMatch((entry) -> entry.text("manager").equals(GENNAKER));
	}

	/**
	 * Whether a definition, which several releases may bring, was deployed by a program
	 * that is not Gennaker.
	 */
	public static boolean areDeployers(Manifest live) {
		return live.kind().equals("CustomResourceDefinition")
				&& of(live).stream().anyMatch((entry) -> isDeployer(entry.text("manager")));
	}

	/**
	 * The JSON Patch by which an object becomes Gennaker's as if Gennaker had applied it:
	 * what the manifest does not have goes at the next apply. As {@code kubectl apply
	 * --server-side} does with what {@code kubectl apply} left, it holds for the very
	 * version that was read.
	 * @param live the object as it is
	 * @return operations, to be sent as one patch
	 */
	public static List<Map<String, Object>> takeOver(Manifest live) {
		List<Map<String, Object>> kept = new ArrayList<>();
		Map<String, Object> fields = new LinkedHashMap<>();
		String apiVersion = live.apiVersion();
		for (Manifest entry : live.maps("metadata", "managedFields")) {
			boolean taken = entry.text("subresource").isEmpty()
					&& (isDeployer(entry.text("manager")) || entry.text("manager").equals(GENNAKER));
			if (!taken) {
				kept.add(entry.content());
			}
			else if (entry.at("fieldsV1") instanceof Map<?, ?> set) {
				merge(fields, set);
			}
		}
		if (!fields.isEmpty()) {
			kept.add(Map.of("manager", GENNAKER, "operation", "Apply", "apiVersion", apiVersion, "fieldsType",
					"FieldsV1", "fieldsV1", fields));
		}
		List<Map<String, Object>> patch = new ArrayList<>();
		patch.add(Map.of("op", "replace", "path", "/metadata/resourceVersion", "value",
				live.text("metadata", "resourceVersion")));
		if (live.at("metadata", "managedFields") != null) {
			patch.add(Map.of("op", "replace", "path", "/metadata/managedFields", "value", kept));
		}
		for (String claim : CLAIMS) {
			if (!live.annotation(claim).isEmpty()) {
				patch.add(Map.of("op", "remove", "path", "/metadata/annotations/" + claim.replace("/", "~1")));
			}
		}
		return patch;
	}

	private static boolean isDeployer(String manager) {
		return DEPLOYERS.contains(manager) || manager.startsWith("kubectl-");
	}

	/**
	 * The union of two field sets: nested maps, of which an empty one is a leaf.
	 */
	private static void merge(Map<String, Object> union, Map<?, ?> set) {
		set.forEach((key, value) -> {
			if (value instanceof Map<?, ?> child) {
				Map<String, Object> into = new LinkedHashMap<>();
				if (union.get(String.valueOf(key)) instanceof Map<?, ?> present) {
					merge(into, present);
				}
				merge(into, child);
				union.put(String.valueOf(key), into);
			}
		});
	}

}
