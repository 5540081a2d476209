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
 * @param unknown those that were to be pinned and that no registry has, each with its
 * place
 */
public record FoundImages(List<Bound> bound, SortedSet<String> uncovered, List<String> unbound, List<String> unknown) {

	/**
	 * Nothing found yet.
	 */
	static FoundImages none() {
		return new FoundImages(new ArrayList<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
	}

	void add(FoundImages more) {
		this.bound.addAll(more.bound);
		this.uncovered.addAll(more.uncovered);
		this.unbound.addAll(more.unbound);
		this.unknown.addAll(more.unknown);
	}

	/**
	 * An image that got its digest.
	 *
	 * @param component the artifact; empty for an image of none, which was pinned
	 * @param object such as {@code Deployment/api}
	 * @param container the container's name, or the path that the pipeline declares
	 * @param before the image as rendered
	 * @param after the image as bound
	 */
	public record Bound(String component, String object, String container, String before, String after) {
	}

}
