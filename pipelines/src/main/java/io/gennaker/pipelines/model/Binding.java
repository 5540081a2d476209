package io.gennaker.pipelines.model;

import java.util.List;
import java.util.Objects;

/**
 * What a bake does to the documents that were rendered, besides binding artifacts in pod
 * templates.
 *
 * @param fields where custom resources name images
 * @param pin which images get their digest
 * @param versioned whether ConfigMaps and Secrets carry a hash of their content in their
 * name, unless they say otherwise themselves
 * @param keepVersions how many versions of each stay in a cluster, the current one
 * included
 */
public record Binding(List<ImageField> fields, Pin pin, boolean versioned, int keepVersions) {

	/** How many versions stay where a stage says nothing. */
	public static final int KEPT = 5;

	/** What a stage has that says nothing. */
	public static final Binding DEFAULT = new Binding(List.of(), Pin.ARTIFACTS, false, KEPT);

	public Binding {
		fields = List.copyOf(Objects.requireNonNullElse(fields, List.of()));
		pin = Objects.requireNonNullElse(pin, Pin.ARTIFACTS);
		if (keepVersions < 1) {
			throw new IllegalArgumentException("keep-versions must be at least 1, not " + keepVersions);
		}
	}

	/**
	 * Which images get their digest.
	 */
	public enum Pin {

		/** Those of the pipeline's artifacts. */
		ARTIFACTS,
		/** All others too, as their registries answer when the bake is made. */
		ALL

	}

}
