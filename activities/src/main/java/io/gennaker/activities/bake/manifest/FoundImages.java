package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The images of one cluster's manifests.
 *
 * @param bound those that got their digest
 * @param uncovered those that are no artifact of the pipeline's
 * @param unbound those of the pipeline's artifacts that have no digest, each with its
 * place
 */
public record FoundImages(List<Bound> bound, SortedSet<String> uncovered, List<String> unbound) {

	/**
	 * Nothing found yet.
	 */
	static FoundImages none() {
		return new FoundImages(new ArrayList<>(), new TreeSet<>(), new ArrayList<>());
	}

	/**
	 * An image that got its digest.
	 *
	 * @param component the artifact
	 * @param object such as {@code Deployment/api}
	 * @param container the container's name
	 * @param before the image as rendered
	 * @param after the image as bound
	 */
	public record Bound(String component, String object, String container, String before, String after) {
	}

}
