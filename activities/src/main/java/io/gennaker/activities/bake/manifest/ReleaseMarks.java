package io.gennaker.activities.bake.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.activities.mark.Marks;

/**
 * By which labels the objects of a release are found again in their cluster, for
 * ownership and pruning. They never stand in pod templates or selectors.
 *
 * @param release the release's name
 * @param namespace the release's namespace, which cluster-wide objects do not tell
 * @param pipeline the pipeline's name
 */
public record ReleaseMarks(String release, String namespace, String pipeline) {

	/**
	 * The annotation that names an object's component, where no label of the chart does.
	 */
	public static final String COMPONENT = "gennaker.io/component";

	/** The label by which the versions of one ConfigMap or Secret are found. */
	public static final String VERSION_OF = "gennaker.io/version-of";

	/** The annotation that says how many versions stay in the cluster. */
	public static final String KEEP_VERSIONS = "gennaker.io/keep-versions";

	/**
	 * The labels of an object; none for hooks, which are not part of a release, and for
	 * kinds that releases share.
	 */
	Map<String, String> labels(ManifestObject object) {
		if (object.hook() || Marks.isShared(object.kind())) {
			return Map.of();
		}
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put(Marks.RELEASE, Marks.labelValue(this.release));
		labels.put(Marks.NAMESPACE, Marks.labelValue(this.namespace));
		labels.put(Marks.PIPELINE, Marks.labelValue(this.pipeline));
		return labels;
	}

}
