package io.gennaker.pipelines.model;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A component's container image.
 *
 * @param image the repository with its registry host and without tag or digest, such as
 * {@code registry.example.com/classroom/api}
 * @param required whether it must be bound somewhere in the manifests
 * @param defaultReference tag or digest where neither the start nor the last release
 * gives one
 * @param values the values by which the chart takes it
 * @param verify whose signature it must carry; null for nobody's
 */
public record Artifact(String image, boolean required, @Nullable String defaultReference, ImageValues values,
		@Nullable SignaturePolicy verify) {

	public Artifact {
		values = Objects.requireNonNullElse(values, ImageValues.NONE);
	}

	/**
	 * An artifact that no value of the chart takes and nobody must have signed.
	 */
	public Artifact(String image, boolean required, @Nullable String defaultReference) {
		this(image, required, defaultReference, ImageValues.NONE, null);
	}

}
