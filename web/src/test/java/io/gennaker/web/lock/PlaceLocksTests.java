package io.gennaker.web.lock;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.rollout.Fence;
import io.gennaker.activities.rollout.StaleHolderException;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.execution.ExecutionEnds;
import io.gennaker.web.rollback.RollbackRequest;
import io.gennaker.web.rollback.Rollbacks;
import io.gennaker.web.service.Releases;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.lock.LockActivities;
import io.gennaker.workflows.lock.LockAnswer;
import io.gennaker.workflows.lock.LockClaim;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PlaceLocksTests {

	private final TestService service = new TestService();

	private final Releases releases = new Releases(this.service);

	private final LockActivities locks = this.service.get(LockActivities.class);

	private final Fence fence = this.service.get(Fence.class);

	@BeforeEach
	void aPipeline() {
		this.service.pipeline("classroom", Releases.PIPELINE);
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aPlaceIsGivenOutInTheOrderOfAsking() {
		LockClaim first = claim(this.releases.start("v1"));
		LockClaim second = claim(this.releases.start("v2"));
		LockClaim third = claim(this.releases.start("v3"));
		LockAnswer held = this.locks.acquire(first);
		assertThat(held.held()).isTrue();
		assertThat(this.locks.acquire(second).waits()).startsWith("waits for classroom #1 (deploy beijing), since ")
			.endsWith("; it ends when that rollout ends or is canceled");
		this.locks.acquire(third);
		this.locks.release(first);
		assertThat(this.locks.acquire(third).waits())
			.startsWith("waits for classroom #2 (deploy beijing), which asked first");
		LockAnswer next = this.locks.acquire(second);
		assertThat(next.held()).isTrue();
		assertThat(next.token()).isGreaterThan(held.token());
	}

	@Test
	void whoKnowsTheHolderIsAskedToTryAgain() {
		LockClaim first = claim(this.releases.start("v1"));
		LockClaim second = claim(this.releases.start("v2"));
		long holder = this.locks.acquire(first).token();
		assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> this.locks.acquire(second.seeing(holder)))
			.satisfies((failure) -> assertThat(failure.isNonRetryable()).isFalse());
	}

	@Test
	void aHolderThatAsksAgainKeepsItsToken() {
		LockClaim first = claim(this.releases.start("v1"));
		assertThat(this.locks.acquire(first)).isEqualTo(this.locks.acquire(first));
	}

	@Test
	void whatAnEndedExecutionHeldIsFree() {
		UUID lost = this.releases.start("v1");
		this.locks.acquire(claim(lost));
		ExecutionEnds.end(this.service, lost, Status.FAILED);
		assertThat(this.locks.acquire(claim(this.releases.start("v2"))).held()).isTrue();
	}

	@Test
	void whoNoLongerAsksLetsOthersPass() {
		LockClaim first = claim(this.releases.start("v1"));
		LockClaim silent = claim(this.releases.start("v2"));
		LockClaim third = claim(this.releases.start("v3"));
		this.locks.acquire(first);
		this.locks.acquire(silent);
		this.locks.release(first);
		assertThat(this.locks.acquire(third).held()).isFalse();
		this.service.jdbc()
			.sql("update place_locks set seen_at = now() - interval '2 minutes' where token is null and "
					+ "execution_id = ?")
			.param(UUID.fromString(silent.executionId()))
			.update();
		assertThat(this.locks.acquire(third).held()).isTrue();
	}

	@Test
	void aStaleHolderIsRefused() {
		UUID first = this.releases.start("v1");
		long stale = this.locks.acquire(claim(first)).token();
		assertThatNoException().isThrownBy(() -> this.fence.check(rollout(first, stale)));
		ExecutionEnds.end(this.service, first, Status.CANCELED);
		UUID second = this.releases.start("v2");
		long held = this.locks.acquire(claim(second)).token();
		assertThatExceptionOfType(StaleHolderException.class).isThrownBy(() -> this.fence.check(rollout(first, stale)))
			.withMessageContaining("classroom #2 (deploy beijing) holds it now");
		assertThatNoException().isThrownBy(() -> this.fence.check(rollout(second, held)));
	}

	@Test
	void whatWasStartedEarlierNeverReplacesWhatWasStartedLater() {
		UUID slow = this.releases.start("v2");
		UUID fast = this.releases.start("v1");
		this.releases.leave(fast, "beijing", "v1");
		assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> this.locks.acquire(claim(slow, "v2")))
			.satisfies((failure) -> assertThat(failure.getType()).isEqualTo(Failures.OLDER_BUILD))
			.satisfies((failure) -> assertThat(failure.getOriginalMessage())
				.startsWith("classroom #2 runs there, and was started later"));
		assertThat(this.locks.acquire(claim(this.releases.start("v3"), "v3")).held()).isTrue();
	}

	@Test
	void aLowerVersionNeedsToBeAllowed() {
		this.releases.released("v1.10.0");
		assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> this.locks.acquire(claim(this.releases.start("v1.9.0"), "v1.9.0")))
			.satisfies((failure) -> assertThat(failure.getOriginalMessage())
				.startsWith("api v1.9.0 is older than v1.10.0, which runs there (classroom #1)"));
		assertThat(this.locks.acquire(claim(this.releases.start("v1.9.0", true), "v1.9.0")).held()).isTrue();
	}

	@Test
	void tagsThatAreNoVersionsHaveNoOrder() {
		this.releases.released("release-b");
		assertThat(this.locks.acquire(claim(this.releases.start("release-a"), "release-a")).held()).isTrue();
	}

	@Test
	void aRollbackBringsBackWhatIsOlder() {
		this.releases.released("v1.8.0");
		UUID newer = this.releases.released("v1.9.0");
		UUID back = this.service.get(Rollbacks.class)
			.start(new RollbackRequest(new RollbackRequest.Subject.OfExecution(newer), List.of(), "engineer", "", null))
			.id();
		assertThat(this.locks.acquire(claim(back, "v1.8.0")).held()).isTrue();
	}

	@Test
	void aClusterThatGoesBackForItsOwnExecutionLeavesWhatCameMeanwhile() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		LockClaim restore = back(second, Releases.manifests("beijing", "v1"));
		assertThat(this.locks.acquire(restore).held()).isTrue();
		this.locks.release(restore);
		UUID third = this.releases.start("v3");
		this.releases.released("v4");
		assertThat(this.locks.acquire(back(third, Releases.manifests("beijing", "v4"))).held()).isTrue();
		this.locks.release(back(third, Releases.manifests("beijing", "v4")));
		assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> this.locks.acquire(back(third, Releases.manifests("beijing", "v2"))))
			.satisfies((failure) -> assertThat(failure.getOriginalMessage())
				.isEqualTo("classroom #4 was released there meanwhile and stays"));
	}

	@Test
	void aStageMayTakeBackWhatRanBeforeItsExecution() {
		this.releases.released("v1");
		this.releases.released("v2");
		UUID undoing = this.releases.start("v3");
		assertThat(this.locks.acquire(back(undoing, Releases.manifests("beijing", "v1"))).held()).isTrue();
	}

	private static LockClaim claim(UUID execution) {
		return claim(execution, Map.of());
	}

	private static LockClaim claim(UUID execution, String tag) {
		return claim(execution, Map.of("api", Releases.api(tag)));
	}

	private static LockClaim claim(UUID execution, Map<String, BoundArtifact> artifacts) {
		return new LockClaim(execution.toString(), "beijing", "beijing", "classroom", "classroom", "sha256:m",
				artifacts, false, 0);
	}

	private static LockClaim back(UUID execution, String manifests) {
		return new LockClaim(execution.toString(), "beijing", "beijing", "classroom", "classroom", manifests, Map.of(),
				true, 0);
	}

	private static RolloutRequest rollout(UUID execution, long token) {
		return new RolloutRequest(execution.toString(), "beijing", "classroom",
				new Cluster("beijing", "beijing", Map.of()), "classroom", "classroom", "sha256:m", "sha256:b",
				List.of(), Duration.ofMinutes(1))
			.holding(token);
	}

}
