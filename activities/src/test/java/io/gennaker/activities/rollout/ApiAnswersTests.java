package io.gennaker.activities.rollout;

import java.time.Duration;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ApiAnswersTests {

	private final ApiAnswers answers = new ApiAnswers("beijing", new KubernetesSerialization());

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 405, 413, 415, 422 })
	void whatStaysTheSameIsARefusalInTheServersWords(int code) {
		assertThat(failure(code, status("it is so", ""), null)).isInstanceOf(ApiRefusal.class).hasMessage("it is so");
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 408, 429, 500, 502, 503, 504 })
	void whatMayPassIsAnOutageThatNamesTheCluster(int code) {
		assertThat(failure(code, status("not now", ""), null)).isInstanceOf(ApiOutage.class)
			.hasMessageContaining("Cluster beijing")
			.hasMessageContaining("not now")
			.hasMessageContaining("apply ConfigMap/a");
	}

	@Test
	void retryAfterIsHonoured() {
		assertThat(outage(429, "Too many requests, please try again later.", "7").retryAfter())
			.isEqualTo(Duration.ofSeconds(7));
		assertThat(outage(503, status("busy", ", \"details\": {\"retryAfterSeconds\": 3}"), null).retryAfter())
			.isEqualTo(Duration.ofSeconds(3));
		assertThat(outage(503, "", "Wed, 21 Oct 2026 07:28:00 GMT").retryAfter()).isNull();
	}

	@Test
	void aConflictNamesTheManagerAndTheField() {
		String body = status("Apply failed with 1 conflict",
				", \"details\": {\"causes\": [{\"reason\": \"FieldManagerConflict\", \"message\": \"conflict with \\\"kubectl\\\"\", \"field\": \".spec.replicas\"}]}");
		assertThat(failure(409, body, null)).isInstanceOf(ApiRefusal.class)
			.hasMessageContaining(".spec.replicas (conflict with \"kubectl\")");
	}

	@Test
	void aConflictOfVersionsMayPass() {
		assertThat(failure(409, status("the object has been modified", ""), null)).isInstanceOf(ApiOutage.class);
	}

	@Test
	void aNamespaceThatIsBeingDeletedIsWaitedForButNotWithoutEnd() {
		String body = status("because it is being terminated",
				", \"details\": {\"causes\": [{\"reason\": \"NamespaceTerminating\"}]}");
		assertThat(outage(403, body, null).isBounded()).isTrue();
		assertThat(outage(500, "", null).isBounded()).isFalse();
	}

	@Test
	void anAnswerThatIsNoStatusIsShownAsItIsAndBounded() {
		assertThat(failure(404, "<html>gateway</html>", null)).hasMessage("<html>gateway</html>");
		assertThat(failure(404, "x".repeat(100_000), null).getMessage()).hasSizeLessThan(5000);
		assertThat(failure(404, "", null)).hasMessage("HTTP status 404 without a word");
	}

	private ApiOutage outage(int code, String body, String retryAfter) {
		return (ApiOutage) failure(code, body, retryAfter);
	}

	private RuntimeException failure(int code, String body, String retryAfter) {
		return this.answers.failure("apply ConfigMap/a", code, body, retryAfter);
	}

	private static String status(String message, String more) {
		return "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"" + message + "\"" + more + "}";
	}

}
