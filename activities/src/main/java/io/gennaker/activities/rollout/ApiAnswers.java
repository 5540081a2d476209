package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Tells, from an API server's unsuccessful answer, whether asking again can help.
 */
final class ApiAnswers {

	private static final int MAX_WORDS = 4096;

	private static final Duration NEW_TOKEN = Duration.ofSeconds(10);

	private static final Duration TERMINATING = Duration.ofSeconds(5);

	private final String cluster;

	private final KubernetesSerialization serialization;

	ApiAnswers(String cluster, KubernetesSerialization serialization) {
		this.cluster = cluster;
		this.serialization = serialization;
	}

	/**
	 * The failure that an answer stands for.
	 * @param what what was tried, such as {@code apply Deployment classroom/api}
	 * @param code the HTTP status
	 * @param body the answer's body
	 * @param retryAfter the header {@code Retry-After}
	 */
	RuntimeException failure(String what, int code, String body, @Nullable String retryAfter) {
		Status status = status(body);
		String words = words(status, body, code);
		if (code == 401) {
			return ApiOutage.unauthorized(
					"Cluster %s does not accept Gennaker's credentials (401): %s. Check whether the token has expired (%s)"
						.formatted(this.cluster, words, what),
					NEW_TOKEN);
		}
		if (code == 429 || code >= 500 || code == 408) {
			return outage(what, "answered " + code + ": " + words, delay(status, retryAfter));
		}
		if (code == 403 && hasCause(status, "NamespaceTerminating")) {
			return ApiOutage.bounded("Cluster %s is still deleting the namespace: %s".formatted(this.cluster, words),
					TERMINATING);
		}
		if (code == 409 && !hasCause(status, "FieldManagerConflict")) {
			return outage(what, "answered that something else changes the object: " + words, null);
		}
		return new ApiRefusal(code, (code == 409) ? conflicts(status, words) : words);
	}

	/**
	 * The failure that a broken connection stands for.
	 */
	ApiOutage unreachable(String what, Throwable cause) {
		return new ApiOutage(
				"Cluster %s does not answer (%s): %s".formatted(this.cluster, what, BrokenConnection.words(cause)),
				null, cause);
	}

	private ApiOutage outage(String what, String words, @Nullable Duration retryAfter) {
		return new ApiOutage("Cluster %s %s (%s)".formatted(this.cluster, words, what), retryAfter, null);
	}

	private @Nullable Status status(String body) {
		if (!body.stripLeading().startsWith("{")) {
			return null;
		}
		try {
			return this.serialization.unmarshal(body, Status.class);
		}
		catch (RuntimeException ex) {
			return null; // a proxy's own JSON; the body is shown as it is
		}
	}

	private static String words(@Nullable Status status, String body, int code) {
		String words = (status != null && status.getMessage() != null) ? status.getMessage() : body.strip();
		if (words.isEmpty()) {
			words = "HTTP status " + code + " without a word";
		}
		return (words.length() > MAX_WORDS) ? words.substring(0, MAX_WORDS) + " …" : words;
	}

	private static List<StatusCause> causes(@Nullable Status status) {
		StatusDetails details = (status != null) ? status.getDetails() : null;
		return (details != null && details.getCauses() != null) ? details.getCauses() : List.of();
	}

	private static boolean hasCause(@Nullable Status status, String reason) {
		return causes(status).stream().anyMatch((cause) -> reason.equals(cause.getReason()));
	}

	private static String conflicts(@Nullable Status status, String words) {
		List<String> conflicts = causes(status).stream()
			.filter((cause) -> "FieldManagerConflict".equals(cause.getReason()))
			.map((cause) -> cause.getField() + " (" + cause.getMessage() + ")")
			.toList();
		return conflicts.isEmpty() ? words : "another field manager owns what the manifest sets: "
				+ String.join("; ", conflicts)
				+ ". Remove the field from the manifest, let that manager give it up, or say force-conflicts: true on"
				+ " the stage to take it";
	}

	private static @Nullable Duration delay(@Nullable Status status, @Nullable String header) {
		if (header != null && header.strip().matches("[0-9]{1,6}")) {
			return Duration.ofSeconds(Long.parseLong(header.strip()));
		}
		StatusDetails details = (status != null) ? status.getDetails() : null;
		Integer seconds = (details != null) ? details.getRetryAfterSeconds() : null;
		return (seconds != null && seconds > 0) ? Duration.ofSeconds(seconds) : null;
	}

}
