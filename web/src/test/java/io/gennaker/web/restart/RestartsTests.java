package io.gennaker.web.restart;

import java.util.Map;
import java.util.UUID;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.Launches;
import io.gennaker.web.service.Releases;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.lock.LockActivities;
import io.gennaker.workflows.lock.LockClaim;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseKind.TakenOver;
import io.gennaker.workflows.release.ReleaseRequest;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RestartsTests {

	private final TestService service = new TestService();

	private final Releases releases = new Releases(this.service);

	private final Restarts restarts = this.service.get(Restarts.class);

	private UUID failed;

	@BeforeEach
	void anExecutionThatFailedInItsSecondDeploy() {
		this.service.pipeline("classroom", Releases.PIPELINE);
		this.failed = this.releases.start("v1");
		this.releases.bound(this.failed, "v1");
		this.releases.baked(this.failed);
		keepBake(this.failed);
		this.releases.leave(this.failed, "beijing", "v1");
		this.releases.begin(this.failed, "shanghai", "v1");
		this.releases.cluster(this.failed, "shanghai", "v1", Status.FAILED);
		this.releases.stage(this.failed, "shanghai", Status.FAILED, Map.of());
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aPreviewTellsWhatIsTakenOver() {
		this.releases.end(this.failed, Status.FAILED);
		RestartPreview preview = this.restarts.preview(this.failed, "shanghai");
		assertThat(preview.obstacle()).isNull();
		assertThat(preview.takenOver()).containsExactly("bake", "beijing");
		assertThat(preview.again()).containsExactly("shanghai");
	}

	@Test
	void aRestartHasTheSameImagesAndTakesOverWhatSucceeded() {
		this.releases.end(this.failed, Status.FAILED);
		UUID id = restart("shanghai", false);
		Launches.launch(this.service);
		ReleaseRequest request = this.service.engine().starts().getLast();
		assertThat(request.executionId()).isEqualTo(id.toString());
		assertThat(request.artifacts()).containsEntry("api", "v1");
		assertThat(request.kind()).isInstanceOfSatisfying(ReleaseKind.Restart.class, (kind) -> {
			assertThat(kind.of()).isEqualTo("classroom #1");
			assertThat(kind.bindings().common()).containsEntry("api", Releases.api("v1"));
			assertThat(kind.stages()).extracting(TakenOver::stage).containsExactly("bake", "beijing");
			assertThat(kind.stages().getFirst().bake()).isNotNull();
		});
		ExecutionDetail detail = this.service.get(ExecutionReads.class).find(id).orElseThrow();
		assertThat(detail.origin()).isNotNull().extracting(ExecutionDetail.Relative::from).isEqualTo("shanghai");
		assertThat(this.service.get(BakeReads.class).find(id, "bake")).isPresent();
	}

	@Test
	void whatNeedsTheStageIsDoneAgain() {
		this.releases.end(this.failed, Status.FAILED);
		assertThat(this.restarts.preview(this.failed, "bake").takenOver()).isEmpty();
		assertThat(this.restarts.preview(this.failed, "beijing").takenOver()).containsExactly("bake");
	}

	@Test
	void oneThatHasNotEndedAndAStageThatIsNotAreRefused() {
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> restart("shanghai", false))
			.withMessage("classroom #1 has not ended, it is RUNNING.");
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> restart("shanhai", false));
	}

	@Test
	void aRestartIsAsOldAsWhatItGoesOnFrom() {
		this.releases.end(this.failed, Status.FAILED);
		UUID newer = this.releases.released("v2");
		assertThat(newer).isNotNull();
		LockActivities locks = this.service.get(LockActivities.class);
		assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> locks.acquire(claim(restart("shanghai", false))));
		assertThat(locks.acquire(claim(restart("shanghai", true))).held()).isTrue();
	}

	private static LockClaim claim(UUID execution) {
		return new LockClaim(execution.toString(), "shanghai", "shanghai", "classroom", "classroom", "sha256:m",
				Map.of(), false, 0);
	}

	private UUID restart(String from, boolean allowOlder) {
		return this.restarts.start(new RestartRequest(this.failed, from, allowOlder, "engineer", "", null)).id();
	}

	private void keepBake(UUID id) {
		this.service.jdbc().sql("""
				insert into bakes (digest, result, provenance, bound) values ('sha256:bake',
					'{"digest": "sha256:bake", "manifests": []}',
					'{"chartName": "app", "chartVersion": "1.0.0", "chartDigest": "sha256:c", "renderer": "helm",
						"notes": {}, "uncovered": []}', '[]')""").update();
		this.service.jdbc()
			.sql("insert into execution_bakes (execution_id, stage_id, digest) values (?, 'bake', 'sha256:bake')")
			.param(id)
			.update();
	}

}
