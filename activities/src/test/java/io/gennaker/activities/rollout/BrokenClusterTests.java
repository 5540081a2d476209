package io.gennaker.activities.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Rollouts that are interrupted, on a real API server.
 */
@Timeout(180)
class BrokenClusterTests {

	private static KwokCluster cluster;

	private static KubernetesClient client;

	@BeforeAll
	static void start() {
		cluster = KwokCluster.start();
		client = cluster.client();
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.stop();
		}
	}

	@Test
	void aClusterThatHangsIsTriedAgainWithItsNameInTheMessage() {
		try (TestRollout rollout = new TestRollout(client, "hanging", Releases.deployment("api", "v1"), List.of())) {
			rollout.plan();
			cluster.pause();
			ApplicationFailure failure;
			try {
				failure = RolloutOnKubernetesTests.failure(() -> rollout.apply(0));
			}
			finally {
				cluster.resume();
			}
			assertThat(failure.isNonRetryable()).isFalse();
			assertThat(failure.getType()).isEqualTo(ClusterRolloutActivities.CLUSTER_UNAVAILABLE);
			assertThat(failure.getOriginalMessage()).contains("Cluster beijing does not answer")
				.contains("Namespace/hanging");
			rollout.apply(0);
			rollout.awaitHealthy(0);
		}
	}

	@Test
	void aWatchGoesOnAfterTheClusterHung() throws Exception {
		try (TestRollout rollout = new TestRollout(client, "paused", Releases.deployment("api", "v1-slow"),
				List.of())) {
			rollout.plan();
			rollout.apply(0);
			CompletableFuture<?> hung = onceItWaits(rollout, () -> {
				cluster.pause();
				catchThrowable(() -> new CountDownLatch(1).await(6, TimeUnit.SECONDS));
				cluster.resume();
			});
			rollout.awaitHealthy(0);
			hung.get(30, TimeUnit.SECONDS);
			assertThat(rollout.progress().last("Deployment", "api").state()).isEqualTo(ObjectState.HEALTHY);
		}
	}

	@Test
	void cancellationEndsTheWatchWithinSeconds() throws Exception {
		String never = Releases.deployment("api", "v1")
			.replace("spec:\n      containers", "spec:\n      nodeSelector: {no: where}\n      containers");
		try (TestRollout rollout = new TestRollout(client, "canceled", never, List.of())) {
			rollout.plan();
			rollout.apply(0);
			CompletableFuture<Instant> canceled = onceItWaits(rollout,
					() -> rollout.environment().requestCancelActivity());
			assertThat(catchThrowable(() -> rollout.awaitHealthy(0))).isInstanceOf(CanceledFailure.class);
			assertThat(Duration.between(canceled.get(), Instant.now())).isLessThan(Duration.ofSeconds(10));
		}
	}

	@Test
	void anAttemptAfterALostWorkerAppliesOnlyWhatIsLeftAndKeepsTheClock() {
		String manifests = Releases.shared("ConfigMap", "one") + "---\n" + Releases.shared("ConfigMap", "two");
		try (TestRollout rollout = new TestRollout(client, "default", manifests, List.of())) {
			rollout.plan();
			rollout.resumeFrom(new RolloutBeat(System.currentTimeMillis(), 2, 1, 3, "ConfigMap default/two"));
			assertThat(rollout.apply(0).changed()).isEqualTo(2);
			assertThat(client.configMaps().inNamespace("default").withName("one").get()).isNull();
			assertThat(client.configMaps().inNamespace("default").withName("two").get()).isNotNull();
		}
	}

	/**
	 * Does something once the rollout waits for its first object; gives when.
	 */
	static CompletableFuture<Instant> onceItWaits(TestRollout rollout, Runnable action) {
		CountDownLatch waits = new CountDownLatch(1);
		rollout.progress().onChange((object) -> {
			if (object.state() == ObjectState.PROGRESSING) {
				waits.countDown();
			}
		});
		CompletableFuture<Instant> done = new CompletableFuture<>();
		// not on the common pool, on which the JDK's HTTP client completes its answers
		Thread.ofVirtual().start(() -> {
			catchThrowable(() -> waits.await(20, TimeUnit.SECONDS));
			Instant now = Instant.now();
			try {
				action.run();
				done.complete(now);
			}
			catch (RuntimeException | AssertionError ex) {
				done.completeExceptionally(ex);
			}
		});
		return done;
	}

}
