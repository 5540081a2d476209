package io.gennaker.activities.rollout;

/**
 * Compares releases with what is in their clusters. Nothing is changed.
 */
public interface DriftLooks {

	/**
	 * Compares one release. Takes two requests for each object; never fails, but says
	 * where it cannot tell.
	 * @param cluster the cluster's name
	 * @param namespace the release's namespace
	 * @param release the release's name
	 * @param manifests what was released, a YAML stream
	 */
	DriftLook look(String cluster, String namespace, String release, String manifests);

}
