package io.gennaker.workflows.binding;

/**
 * An artifact whose repository and digest are known.
 *
 * @param component the artifact's key in the pipeline
 * @param image the repository with its registry host
 * @param tag the tag it was chosen by; empty where it was chosen by digest
 * @param digest {@code sha256:} and 64 hexadecimal digits
 * @param origin where the choice came from
 */
public record BoundArtifact(String component, String image, String tag, String digest, Origin origin) {

	/**
	 * What a pod template carries: {@code repository:tag@sha256:…}.
	 */
	public String reference() {
		return this.image + (this.tag.isEmpty() ? "" : ":" + this.tag) + "@" + this.digest;
	}

	/**
	 * Where the choice of an artifact came from.
	 */
	public enum Origin {

		/** A person or the API's caller chose it. */
		CHOSEN,
		/** The event that started the execution pushed it. */
		PUSHED,
		/** The last release in the cluster carries it. */
		LAST_RELEASE,
		/** It is the artifact's default. */
		DEFAULT

	}

}
