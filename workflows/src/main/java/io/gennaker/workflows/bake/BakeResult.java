package io.gennaker.workflows.bake;

import java.util.List;

/**
 * What a bake stage left.
 *
 * @param digest the SHA-256 of the whole bake, as {@code sha256:…}
 * @param manifests one set per destination
 */
public record BakeResult(String digest, List<ManifestSet> manifests) {

	public BakeResult {
		manifests = List.copyOf(manifests);
	}

	/**
	 * The set for one cluster of one target.
	 */
	public ManifestSet in(String target, String cluster) {
		return this.manifests.stream()
			.filter((set) -> set.target().equals(target) && set.cluster().equals(cluster))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("nothing was baked for " + cluster + " of " + target));
	}

	/**
	 * One cluster's manifests, which lie in the store under their digest.
	 *
	 * @param target the target's name
	 * @param cluster the cluster's name
	 * @param namespace where the release lives
	 * @param release the release's name
	 * @param digest the SHA-256 of the manifests, as {@code sha256:…}
	 * @param objects how many Kubernetes objects they are
	 */
	public record ManifestSet(String target, String cluster, String namespace, String release, String digest,
			int objects) {
	}

}
