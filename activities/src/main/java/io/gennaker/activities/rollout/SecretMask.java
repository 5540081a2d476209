package io.gennaker.activities.rollout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.activities.rollout.manifest.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of a release's Secrets out of what people get to see, such as log
 * lines. Values of fewer than four characters are left: they would match everywhere and
 * protect nothing.
 */
final class SecretMask {

	/** What stands in place of a secret. */
	static final String MASK = "********";

	private static final int SHORTEST = 4;

	private final List<String> secrets;

	SecretMask(List<Manifest> manifests) {
		Set<String> values = new LinkedHashSet<>();
		for (Manifest manifest : manifests) {
			if (manifest.kind().equals("Secret")) {
				collect(manifest.at("data"), true, values);
				collect(manifest.at("stringData"), false, values);
			}
		}
		List<String> sorted = new ArrayList<>(values);
		// the longest first, so that no part of it is left beside a shorter one's mask
		sorted.sort(Comparator.comparingInt(String::length).reversed());
		this.secrets = List.copyOf(sorted);
	}

	/**
	 * A text without secrets.
	 */
	String mask(String text) {
		String masked = text;
		for (String secret : this.secrets) {
			masked = masked.replace(secret, MASK);
		}
		return masked;
	}

	private static void collect(@Nullable Object data, boolean encoded, Set<String> values) {
		if (!(data instanceof Map<?, ?> map)) {
			return;
		}
		for (Object value : map.values()) {
			String text = String.valueOf(value);
			add(text, values);
			if (encoded) {
				decode(text, values);
			}
			else {
				add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), values);
			}
		}
	}

	private static void decode(String text, Set<String> values) {
		try {
			add(new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8), values);
		}
		catch (IllegalArgumentException ex) {
			// the API server refuses it with better words
		}
	}

	private static void add(String value, Set<String> values) {
		value.lines().map(String::strip).filter((line) -> line.length() >= SHORTEST).forEach(values::add);
		if (value.strip().length() >= SHORTEST) {
			values.add(value.strip());
			// as in the URL of a database
			values.add(URLEncoder.encode(value.strip(), StandardCharsets.UTF_8));
			values.add(URLEncoder.encode(value.strip(), StandardCharsets.UTF_8).replace("+", "%20"));
		}
	}

}
