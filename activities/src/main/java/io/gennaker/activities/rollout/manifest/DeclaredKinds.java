package io.gennaker.activities.rollout.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kinds that a release brings itself, by its CustomResourceDefinitions.
 */
public final class DeclaredKinds {

	private final List<ApiKind> kinds = new ArrayList<>();

	public DeclaredKinds(List<Manifest> manifests) {
		for (Manifest manifest : manifests) {
			if (manifest.kind().equals("CustomResourceDefinition")) {
				declare(manifest);
			}
		}
	}

	/**
	 * The kind of an object, if the release declares it.
	 */
	public Optional<ApiKind> find(Manifest manifest) {
		return this.kinds.stream()
			.filter((kind) -> kind.apiVersion().equals(manifest.apiVersion()) && kind.kind().equals(manifest.kind()))
			.findFirst();
	}

	private void declare(Manifest definition) {
		boolean namespaced = !definition.text("spec", "scope").equals("Cluster");
		for (Manifest version : definition.maps("spec", "versions")) {
			this.kinds.add(new ApiKind(definition.text("spec", "group"), version.text("name"),
					definition.text("spec", "names", "kind"), definition.text("spec", "names", "plural"), namespaced));
		}
	}

}
