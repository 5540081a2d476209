package io.gennaker.web.lock;

import io.gennaker.pipelines.version.Version;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Which of two images is older, where their tags say so.
 */
public final class VersionOrder {

	private VersionOrder() {
	}

	/**
	 * Whether an image's tag is a lower semantic version than that of the same repository
	 * that runs. Tags that are no versions, and digests without a tag, have no order.
	 */
	public static boolean lower(BoundArtifact image, BoundArtifact running) {
		Version its = Version.parse(image.tag()).orElse(null);
		Version other = Version.parse(running.tag()).orElse(null);
		return image.image().equals(running.image()) && its != null && other != null && its.compareTo(other) < 0;
	}

	/**
	 * The same, of an image that somebody chose or an event pushed. One that follows from
	 * what runs, or from a default, replaces nothing.
	 */
	static boolean chosenLower(BoundArtifact image, BoundArtifact running) {
		return switch (image.origin()) {
			case CHOSEN, PUSHED -> lower(image, running);
			case LAST_RELEASE, DEFAULT -> false;
		};
	}

}
