package io.gennaker.pipelines.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The values by which a chart takes an artifact's image, for charts that compute with
 * them. Each is a dotted key as in {@code set}, or null where the chart has no such
 * value.
 *
 * @param registry gets the registry's host; the repository's value then goes without it
 * @param repository gets the repository
 * @param tag gets the tag, which is empty where the image was chosen by digest alone
 * @param digest gets {@code sha256:…}
 * @param image gets the whole reference
 */
public record ImageValues(@Nullable String registry, @Nullable String repository, @Nullable String tag,
		@Nullable String digest, @Nullable String image) {

	/** What an artifact has that says nothing. */
	public static final ImageValues NONE = new ImageValues(null, null, null, null, null);

	/**
	 * The keys that are given, by what they get, as the file names it.
	 */
	public Map<String, String> keys() {
		Map<String, String> keys = new LinkedHashMap<>();
		put(keys, "registry", this.registry);
		put(keys, "repository", this.repository);
		put(keys, "tag", this.tag);
		put(keys, "digest", this.digest);
		put(keys, "image", this.image);
		return keys;
	}

	private static void put(Map<String, String> keys, String part, @Nullable String key) {
		Optional.ofNullable(key).ifPresent((given) -> keys.put(part, given));
	}

}
