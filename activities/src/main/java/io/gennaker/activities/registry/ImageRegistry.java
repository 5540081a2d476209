package io.gennaker.activities.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What Gennaker asks of image registries.
 */
public interface ImageRegistry {

	/**
	 * The type of the failures of activities that a registry causes which does not
	 * answer; they are retried.
	 */
	String UNAVAILABLE = "registry-unavailable";

	/**
	 * The digest that a tag stands for at this moment, or the digest itself if the
	 * registry has it.
	 * @param image repository with host, such as
	 * {@code registry.example.com/classroom/api}
	 * @param reference a tag or {@code sha256:…}
	 * @return {@code sha256:…}, of the index where the image has several platforms; empty
	 * if the registry does not have it
	 * @throws IOException if the registry does not answer or refuses; the message names
	 * the host and what it said
	 */
	Optional<String> digest(String image, String reference) throws IOException;

	/**
	 * The repository's tags, newest first where the registry tells the images' times.
	 * @param limit how many at most
	 * @throws IOException if the registry does not answer or refuses
	 */
	List<Tag> tags(String image, int limit) throws IOException;

	/**
	 * A tag as a person would choose it.
	 *
	 * @param digest {@code sha256:…}
	 * @param created when the image was made, if its configuration says so
	 */
	record Tag(String name, String digest, @Nullable Instant created) {
	}

}
