package io.gennaker.activities.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Rollouts on a real API server with its real controllers.
 */
@Timeout(180)
class RolloutOnKubernetesTests {

	private static final List<List<String>> ORDER = List.of(List.of("registry-mirror"), List.of("api"),
			List.of("proxy", "jobrunner"));

	private static KubernetesClient client;

	@BeforeAll
	static void connect() {
		client = KwokCluster.shared().client();
	}

	@Test
	void twelveObjectsBecomeHealthyGroupByGroup() {
		try (TestRollout rollout = new TestRollout(client, "twelve", Releases.classroom("v1"), ORDER)) {
			assertThat(rollout.run()).isEqualTo(13);
			RecordedProgress progress = rollout.progress();
			assertThat(progress.planned()).hasSize(13);
			assertThat(progress.time("StatefulSet", "registry-mirror", ObjectState.HEALTHY))
				.isBefore(progress.time("Deployment", "api", ObjectState.APPLIED));
			assertThat(progress.time("Deployment", "api", ObjectState.HEALTHY))
				.isBefore(progress.time("Deployment", "proxy", ObjectState.APPLIED));
			assertThat(progress.last("Deployment", "api").message()).isEqualTo("2 of 2 ready");
		}
	}

	@Test
	void theSameReleaseAgainChangesNothing() {
		try (TestRollout first = new TestRollout(client, "again", Releases.classroom("v1"), ORDER);
				TestRollout second = new TestRollout(client, "again", Releases.classroom("v1"), ORDER)) {
			first.run();
			assertThat(second.run()).isZero();
		}
	}

	@Test
	void aMissingImageFailsWithinSecondsNamingThePodAndItsReason() {
		try (TestRollout rollout = new TestRollout(client, "missing", Releases.classroom("v1-missing"), ORDER)) {
			rollout.plan();
			rollout.apply(0);
			rollout.awaitHealthy(0);
			rollout.apply(1);
			Instant start = Instant.now();
			ApplicationFailure failure = failure(() -> rollout.awaitHealthy(1));
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
			assertThat(failure.getType()).isEqualTo(Failures.UNHEALTHY);
			assertThat(failure.isNonRetryable()).isTrue();
			assertThat(failure.getOriginalMessage()).contains("StatefulSet missing/registry-mirror")
				.contains("pod registry-mirror-0: ImagePullBackOff: Back-off pulling image");
			assertThat(rollout.progress().last("StatefulSet", "registry-mirror").state()).isEqualTo(ObjectState.FAILED);
		}
	}

	@Test
	void aCrashLoopFailsWithinSeconds() {
		try (TestRollout rollout = new TestRollout(client, "crash", Releases.deployment("api", "v1-crash"),
				List.of())) {
			Instant start = Instant.now();
			ApplicationFailure failure = failure(rollout::run);
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
			assertThat(failure.getOriginalMessage()).contains("CrashLoopBackOff").contains("log of container api");
		}
	}

	static ApplicationFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, call);
		assertThat(failure).isNotNull();
		return (ApplicationFailure) failure.getCause();
	}

}
