package io.gennaker.activities.binding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an artifact was chosen: {@code v1.2.3}, {@code sha256:…} or
 * {@code v1.2.3@sha256:…}.
 *
 * @param tag perhaps empty
 * @param digest perhaps empty
 */
record ArtifactChoice(String tag, String digest) {

	private static final Pattern FORM = Pattern
		.compile("(?<tag>\\w[\\w.-]{0,127})?(?:(?:^|@)(?<digest>sha256:[0-9a-f]{64}))?");

	/**
	 * Takes a text apart.
	 * @throws IllegalArgumentException if it is neither
	 */
	static ArtifactChoice parse(String text) {
		Matcher form = FORM.matcher(text);
		if (text.isEmpty() || !form.matches()) {
			throw new IllegalArgumentException("'" + text + "' is neither a tag nor a digest (sha256: and 64 digits)");
		}
		String tag = form.group("tag");
		String digest = form.group("digest");
		return new ArtifactChoice((tag != null) ? tag : "", (digest != null) ? digest : "");
	}

	/**
	 * What the registry is asked for.
	 */
	String reference() {
		return this.digest.isEmpty() ? this.tag : this.digest;
	}

}
