package io.gennaker.web.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.gennaker.web.service.TestService;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExecutionStartTests {

	private final TestService service = new TestService();

	private final ExecutionStarter starter = this.service.get(ExecutionStarter.class);

	private final ExecutionReads reads = this.service.get(ExecutionReads.class);

	@BeforeEach
	void pipeline() {
		// Until a test says otherwise nothing is launched, as with Temporal away.
		this.service.engine().available(false);
		this.service.pipeline("");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aStartWritesTheExecutionItsStagesItsEventAndTheAuditEntry() {
		StartedExecution started = this.starter
			.start(TestService.request(Map.of("replicas", "3"), Map.of("api", "v1.9.0"), null));
		ExecutionDetail detail = this.reads.find(started.id()).orElseThrow();
		assertThat(started.number()).isOne();
		assertThat(started.id().version()).isEqualTo(7);
		assertThat(detail.parameters()).containsEntry("replicas", 3L).containsEntry("logLevel", "info");
		assertThat(detail.artifacts()).containsEntry("api", "v1.9.0");
		assertThat(detail.stages()).extracting(ExecutionDetail.StageDetail::type).containsExactly("wait", "approval");
		assertThat(this.reads.events(started.id(), 0, 10).getFirst().message()).startsWith("started by engineer");
		assertThat(this.service.jdbc()
			.sql("select count(*) from audit where action = 'execution.start' and subject = ?")
			.param("execution:" + started.id())
			.query(Integer.class)
			.single()).isOne();
	}

	@Test
	void whatDoesNotFitIsRefusedAllAtOnceAndLeavesNothing() {
		StartRequest request = TestService.request(Map.of("replicas", 12, "colour", "red"),
				Map.of("apy", "v1", "api", "no such tag!"), null);
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> this.starter.start(request))
			.satisfies((ex) -> assertThat(ex.problems()).containsOnlyKeys("parameters.replicas", "parameters.colour",
					"artifacts.apy", "artifacts.api"));
		assertThat(this.reads.list(ExecutionFilter.ALL, 10).items()).isEmpty();
		assertThat(this.service.start().number()).isOne();
	}

	@Test
	void twentyRequestsWithOneKeyAreOneExecution() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		List<Future<StartedExecution>> answers = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 20; i++) {
				answers.add(threads.submit(() -> {
					go.await();
					return this.starter.start(TestService.request(Map.of(), Map.of("api", "v1.9.0"), "push-1"));
				}));
			}
			go.countDown();
		}
		List<StartedExecution> started = new ArrayList<>();
		for (Future<StartedExecution> answer : answers) {
			started.add(answer.get());
		}
		assertThat(started).extracting(StartedExecution::id).containsOnly(started.getFirst().id());
		assertThat(started).filteredOn(StartedExecution::created).hasSize(1);
		assertThat(this.reads.list(ExecutionFilter.ALL, 10).items()).hasSize(1);
	}

	@Test
	void aKeyBelongsToOneRequest() {
		this.starter.start(TestService.request(Map.of(), Map.of("api", "v1.9.0"), "push-1"));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> this.starter.start(TestService.request(Map.of(), Map.of("api", "v2.0.0"), "push-1")))
			.satisfies((ex) -> assertThat(ex.problems()).containsKey("Idempotency-Key"));
	}

	@Test
	void whatWasWrittenWhileTemporalWasAwayStartsOnce() {
		StartedExecution started = this.service.start();
		ExecutionLauncher launcher = this.service.get(ExecutionLauncher.class);
		launcher.launch();
		assertThat(this.reads.find(started.id()).orElseThrow().message()).contains("waits for Temporal");
		this.service.engine().available(true);
		launcher.launch();
		launcher.launch();
		assertThat(this.service.engine().starts()).extracting(ReleaseRequest::executionId)
			.containsExactly(started.id().toString());
		ExecutionDetail detail = this.reads.find(started.id()).orElseThrow();
		assertThat(detail.launched()).isTrue();
		assertThat(detail.message()).isNull();
		assertThat(detail.status()).isEqualTo(Status.PENDING);
		assertThat(this.service.engine().starts().getFirst().parameters()).containsEntry("replicas", 2L);
	}

	@Test
	void anExecutionWhoseStartWasCutOffBeforeItWasNotedIsStartedAgainHarmlessly() {
		StartedExecution started = this.service.start();
		this.service.engine().available(true);
		ExecutionLauncher launcher = this.service.get(ExecutionLauncher.class);
		launcher.launch();
		this.service.jdbc().sql("update executions set launched_at = null").update();
		launcher.launch();
		assertThat(this.service.engine().starts()).hasSize(1);
		assertThat(this.reads.find(started.id()).orElseThrow().launched()).isTrue();
	}

	@Test
	void launchersAtOnceStartEachExecutionOnceAndKeepTheLimit() throws Exception {
		this.service.pipeline("{limit: 2, when-busy: queue}");
		for (int i = 0; i < 5; i++) {
			this.service.start();
		}
		this.service.engine().available(true);
		ExecutionLauncher launcher = this.service.get(ExecutionLauncher.class);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 6; i++) {
				threads.submit(launcher::launch);
			}
		}
		assertThat(this.service.engine().starts()).extracting(ReleaseRequest::number).containsExactlyInAnyOrder(1L, 2L);
	}

	@Test
	void oneMoreThanTheLimitWaitsForThoseAheadUntilTheyEnd() {
		StartedExecution first = this.service.start();
		StartedExecution second = this.service.start();
		this.service.engine().available(true);
		ExecutionLauncher launcher = this.service.get(ExecutionLauncher.class);
		launcher.launch();
		ExecutionDetail waiting = this.reads.find(second.id()).orElseThrow();
		assertThat(waiting.status()).isEqualTo(Status.WAITING);
		assertThat(waiting.message()).isEqualTo("waits for classroom #1");
		this.service.jdbc().sql("update executions set status = 'SUCCEEDED' where id = ?").param(first.id()).update();
		launcher.launch();
		assertThat(this.service.engine().starts()).extracting(ReleaseRequest::number).containsExactly(1L, 2L);
		assertThat(this.reads.find(second.id()).orElseThrow().message()).isNull();
	}

	@Test
	void aNewerOneReplacesThoseThatWaitWhereThePipelineSaysSo() {
		this.service.pipeline("{limit: 1, when-busy: replace-waiting}");
		this.service.start();
		this.service.get(ExecutionLauncher.class).launch();
		StartedExecution second = this.service.start();
		StartedExecution third = this.service.start();
		ExecutionDetail replaced = this.reads.find(second.id()).orElseThrow();
		assertThat(replaced.status()).isEqualTo(Status.CANCELED);
		assertThat(replaced.message()).isEqualTo("replaced by #" + third.number());
		assertThat(replaced.stages()).extracting(ExecutionDetail.StageDetail::status).containsOnly(Status.CANCELED);
	}

	@Test
	void aBusyPipelineRefusesWhereItSaysSo() {
		this.service.pipeline("{limit: 1, when-busy: reject}");
		this.service.start();
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(this.service::start)
			.satisfies((ex) -> assertThat(ex.problems()).containsEntry("concurrency", "waits for classroom #1"));
	}

}
