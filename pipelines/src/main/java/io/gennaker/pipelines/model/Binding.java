package io.gennaker.pipelines.model;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gennaker.pipelines.image.ImageName;

/**
 * What a bake does to the documents that were rendered, besides binding artifacts in pod
 * templates.
 *
 * @param fields where custom resources name images
 * @param pin which images get their digest
 * @param pinExcept images that keep what the chart has though all others are pinned: as
 * the chart writes them, with or without their tag; {@code *} stands for any text
 * @param versioned whether ConfigMaps and Secrets carry a hash of their content in their
 * name, unless they say otherwise themselves
 * @param keepVersions how many versions of each stay in a cluster, the current one
 * included
 */
public record Binding(List<ImageField> fields, Pin pin, List<String> pinExcept, boolean versioned, int keepVersions) {

	/** How many versions stay where a stage says nothing. */
	public static final int KEPT = 5;

	/** What a stage has that says nothing. */
	public static final Binding DEFAULT = new Binding(List.of(), Pin.ARTIFACTS, List.of(), false, KEPT);

	public Binding {
		fields = List.copyOf(Objects.requireNonNullElse(fields, List.of()));
		pinExcept = List.copyOf(Objects.requireNonNullElse(pinExcept, List.of()));
		pin = Objects.requireNonNullElse(pin, Pin.ARTIFACTS);
		if (keepVersions < 1) {
			throw new IllegalArgumentException("keep-versions must be at least 1, not " + keepVersions);
		}
	}

	/**
	 * Whether an image of no artifact gets its digest.
	 * @param image a reference as the chart has it
	 */
	public boolean pins(String image) {
		return switch (this.pin) {
			case ARTIFACTS -> false;
			case ALL -> this.pinExcept.stream().noneMatch((except) -> matches(except, image));
		};
	}

	private static boolean matches(String except, String image) {
		String pattern = Stream.of(except.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return image.matches(pattern) || ImageName.repositoryAsWritten(image).matches(pattern);
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
