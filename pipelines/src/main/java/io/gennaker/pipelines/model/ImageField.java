package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a kind of object that is no built-in workload names images. Paths are written as
 * {@link FieldPath} reads them.
 */
public sealed interface ImageField {

	/**
	 * The kind, such as {@code Rollout}.
	 */
	String kind();

	/**
	 * The API version that the object must have; null for any.
	 */
	@Nullable String apiVersion();

	/**
	 * A field that holds a whole reference.
	 *
	 * @param path such as {@code spec.template.spec.containers[*].image}
	 */
	record Reference(String kind, @Nullable String apiVersion, String path) implements ImageField {
	}

	/**
	 * Fields that hold one part of a reference each. Up to the last {@code [*]} their
	 * paths are the same.
	 *
	 * @param repository path of the repository with its registry
	 * @param tag path of the tag
	 * @param digest path of the digest; without it the digest follows the tag
	 */
	record Parts(String kind, @Nullable String apiVersion, String repository, String tag,
			@Nullable String digest) implements ImageField {
	}

}
