package io.gennaker.pipelines.language;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the keys {@code kind} and {@code api-version}, by which kinds of objects are
 * named.
 */
final class ObjectKinds {

	private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

	private static final Pattern API_VERSION = Pattern.compile("(?:[a-z0-9][-a-z0-9.]{0,252}/)?v[0-9][a-z0-9]{0,30}");

	private ObjectKinds() {
	}

	static String kind(Section section) {
		String kind = section.requiredText("kind");
		if (!kind.isBlank() && !KIND.matcher(kind).matches()) {
			section.problem("kind", DocumentPath.quoted(kind) + " is not a kind such as Rollout");
		}
		return kind;
	}

	/**
	 * The API version; null for any.
	 */
	static @Nullable String apiVersion(Section section) {
		String version = section.text("api-version");
		if (version != null && !API_VERSION.matcher(version).matches()) {
			section.problem("api-version",
					DocumentPath.quoted(version) + " is not an API version such as argoproj.io/v1alpha1");
		}
		return version;
	}

}
