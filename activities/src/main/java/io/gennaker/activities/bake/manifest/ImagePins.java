package io.gennaker.activities.bake.manifest;

import java.util.Optional;

/**
 * The digests of images that no artifact covers.
 */
@FunctionalInterface
public interface ImagePins {

	/**
	 * The digest that an image gets: the same one however often a bake asks.
	 * @param image a reference with or without tag, and without digest
	 * @return {@code sha256:…}; empty if there is no such image
	 */
	Optional<String> digest(String image);

}
