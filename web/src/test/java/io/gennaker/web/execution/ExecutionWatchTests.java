package io.gennaker.web.execution;

import java.time.Duration;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.execution.ReleaseEngine.EngineUnavailableException;
import io.gennaker.web.execution.ReleaseEngine.RunState;
import io.gennaker.web.execution.ReleaseEngine.Steer;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExecutionWatchTests {

	private final TestService service = new TestService();

	private final ExecutionReads reads = this.service.get(ExecutionReads.class);

	private final ExecutionWatch watch = this.service.get(ExecutionWatch.class);

	private StartedExecution started;

	@BeforeEach
	void aLaunchedExecution() {
		this.service.pipeline("");
		this.started = this.service.start();
		this.service.get(ExecutionLauncher.class).launch();
		this.service.jdbc().sql("update stages set status = 'RUNNING' where stage_id = 'settle'").update();
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void whatRunsIsLeftAlone() {
		this.watch.look(Duration.ofSeconds(-1));
		assertThat(this.reads.status(this.started.id())).hasValue(Status.PENDING);
	}

	@Test
	void whatTemporalForgotIsShownAsLostWithAWayOn() {
		this.service.engine().forget();
		this.watch.look(Duration.ofSeconds(-1));
		ExecutionDetail detail = this.reads.find(this.started.id()).orElseThrow();
		assertThat(detail.lost()).isTrue();
		assertThat(detail.status()).isEqualTo(Status.FAILED);
		assertThat(detail.message()).contains("no longer knows").contains("Start the pipeline again");
		assertThat(detail.stages()).extracting(ExecutionDetail.StageDetail::status)
			.containsExactly(Status.FAILED, Status.CANCELED);
		assertThat(detail.endedAt()).isNotNull();
	}

	@Test
	void whatEndedWithoutAWordDoesNotStayOpen() {
		this.service.engine().state(this.started.id(), RunState.ENDED);
		this.watch.look(Duration.ofSeconds(-1));
		ExecutionDetail detail = this.reads.find(this.started.id()).orElseThrow();
		assertThat(detail.status()).isEqualTo(Status.FAILED);
		assertThat(detail.lost()).isFalse();
		assertThat(detail.message()).contains("ended from outside");
	}

	@Test
	void whileTemporalIsAwayNothingIsConcluded() {
		this.service.engine().available(false);
		assertThatExceptionOfType(EngineUnavailableException.class)
			.isThrownBy(() -> this.watch.look(Duration.ofSeconds(-1)));
		assertThat(this.reads.status(this.started.id())).hasValue(Status.PENDING);
	}

	@Test
	void whatHasNotBegunCanBeCanceledWithoutTemporal() {
		StartedExecution queued = this.service.start();
		this.service.engine().available(false);
		ExecutionSteering steering = this.service.get(ExecutionSteering.class);
		steering.steer(queued.id(), Steer.CANCEL, "engineer", "wrong tag");
		assertThat(this.reads.find(queued.id()).orElseThrow().message()).contains("engineer").contains("wrong tag");
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> steering.steer(queued.id(), Steer.CANCEL, "engineer", ""));
		assertThat(this.service.jdbc()
			.sql("select outcome from audit where action = 'execution.cancel' order by id")
			.query(String.class)
			.list()).containsExactly("done", "refused");
	}

	@Test
	void whatRunsIsSteeredThroughTemporal() {
		this.service.get(ExecutionSteering.class).steer(this.started.id(), Steer.PAUSE, "engineer", "");
		assertThat(this.service.engine().steers()).containsExactly(Steer.PAUSE);
	}

}
