package io.gennaker.activities.rollout.health;

import java.time.Duration;

/**
 * A sign that something will not become healthy by waiting.
 *
 * @param reason in Kubernetes' words, such as {@code ImagePullBackOff}
 * @param message what Kubernetes says of it; may be empty
 * @param container the container that it concerns; empty for none
 * @param role what kind of container that is, such as {@code init container}
 * @param patience how long it may last before it counts: things that may pass by
 * themselves get time
 * @param ended whether a container ran and ended, so that the log of its last run is the
 * one to read
 */
public record Trouble(String reason, String message, String container, String role, Duration patience, boolean ended) {

	static Trouble of(String reason, String message, Duration patience) {
		return new Trouble(reason, message, "", "", patience, false);
	}

	/**
	 * Reason and message in one line.
	 */
	public String words() {
		String words = this.message.isEmpty() ? this.reason : this.reason + ": " + this.message;
		return this.container.isEmpty() ? words : words + " (" + this.role + " " + this.container + ")";
	}

}
