package io.gennaker.activities.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.FaultyProxy.Fault;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rollouts whose connection to a real API server is disturbed.
 */
@Timeout(180)
class BrokenWatchTests {

	private static final String SLOW = Releases.deployment("api", "v1-slow");

	private static final String NEVER = Releases.deployment("api", "v1")
		.replace("spec:\n      containers", "spec:\n      nodeSelector: {no: where}\n      containers");

	private FaultyProxy proxy;

	@BeforeEach
	void connect() throws IOException {
		KubernetesClient client = KwokCluster.shared().client();
		this.proxy = new FaultyProxy(client);
	}

	@AfterEach
	void disconnect() {
		if (this.proxy != null) {
			this.proxy.close();
		}
	}

	@Test
	void aRolloutWatchesAndDoesNotPoll() throws Exception {
		try (TestRollout rollout = rollout("watched", SLOW)) {
			CompletableFuture<?> waits = BrokenClusterTests.onceItWaits(rollout, this.proxy.requests()::clear);
			rollout.run();
			waits.get(30, TimeUnit.SECONDS);
			assertThat(this.proxy.requests()).as("lists and reads of the Deployment while it was waited for")
				.filteredOn((request) -> request.contains("/deployments") && !request.contains("watch=true"))
				.hasSizeLessThan(3);
		}
	}

	@Test
	void aWatchThatIsDroppedIsTakenUpAgain() throws Exception {
		try (TestRollout rollout = rollout("dropped", SLOW)) {
			CompletableFuture<?> dropped = BrokenClusterTests.onceItWaits(rollout, this.proxy::drop);
			rollout.run();
			dropped.get(30, TimeUnit.SECONDS);
			assertThat(rollout.progress().last("Deployment", "api").state()).isEqualTo(ObjectState.HEALTHY);
		}
	}

	@Test
	void aWatchFromAVersionThatIsGoneBeginsAnew() throws Exception {
		AtomicInteger gone = new AtomicInteger();
		try (TestRollout rollout = rollout("gone", SLOW)) {
			CompletableFuture<?> dropped = BrokenClusterTests.onceItWaits(rollout, () -> {
				this.proxy.answer((request) -> (request.contains("watch=true") && gone.incrementAndGet() <= 3)
						? Fault.status(410, "Expired", "too old resource version") : null);
				this.proxy.drop();
			});
			rollout.run();
			dropped.get(30, TimeUnit.SECONDS);
			assertThat(gone.get()).isPositive();
			assertThat(rollout.progress().last("Deployment", "api").state()).isEqualTo(ObjectState.HEALTHY);
		}
	}

	@Test
	void anOverloadedServerIsNotAskedBeforeTheTimeThatItNames() {
		try (TestRollout rollout = rollout("overloaded", Releases.deployment("api", "v1"))) {
			rollout.plan();
			this.proxy.answer((request) -> request.startsWith("PATCH")
					? Fault.status(429, "TooManyRequests", "slow down").with("Retry-After", "7") : null);
			ApplicationFailure failure = RolloutOnKubernetesTests.failure(() -> rollout.apply(0));
			assertThat(failure.getType()).isEqualTo(ClusterRolloutActivities.CLUSTER_UNAVAILABLE);
			assertThat(failure.getOriginalMessage()).contains("answered 429: slow down");
			assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
			this.proxy.answer((request) -> null);
			rollout.run();
		}
	}

	@Test
	void aWatchThatIsRefusedForAWhileGoesOn() throws Exception {
		AtomicInteger refused = new AtomicInteger();
		try (TestRollout rollout = rollout("refused-watch", SLOW)) {
			CompletableFuture<?> dropped = BrokenClusterTests.onceItWaits(rollout, () -> {
				this.proxy.answer((request) -> (request.startsWith("GET") && refused.incrementAndGet() <= 6)
						? Fault.status(429, "TooManyRequests", "slow down").with("Retry-After", "1") : null);
				this.proxy.drop();
			});
			rollout.run();
			dropped.get(30, TimeUnit.SECONDS);
			assertThat(refused.get()).isPositive();
			assertThat(rollout.progress().last("Deployment", "api").state()).isEqualTo(ObjectState.HEALTHY);
		}
	}

	@Test
	void anExpiredTokenIsSaidAndTriedAgain() throws Exception {
		try (TestRollout rollout = rollout("expired", NEVER)) {
			CompletableFuture<?> expired = BrokenClusterTests.onceItWaits(rollout, () -> {
				this.proxy.answer((request) -> Fault.status(401, "Unauthorized", "Unauthorized"));
				this.proxy.drop();
			});
			ApplicationFailure failure = RolloutOnKubernetesTests.failure(rollout::run);
			expired.get(30, TimeUnit.SECONDS);
			assertThat(failure.isNonRetryable()).isFalse();
			assertThat(failure.getType()).isEqualTo(ClusterRolloutActivities.CLUSTER_UNAVAILABLE);
			assertThat(failure.getOriginalMessage()).contains("does not accept Gennaker's credentials (401)")
				.contains("Check whether the token has expired");
		}
	}

	private TestRollout rollout(String namespace, String manifests) {
		return new TestRollout(this.proxy.client(), namespace, manifests, List.of());
	}

}
