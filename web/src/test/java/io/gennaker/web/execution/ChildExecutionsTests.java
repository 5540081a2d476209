package io.gennaker.web.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.child.ChildActivities;
import io.gennaker.workflows.child.ChildCancellation;
import io.gennaker.workflows.child.ChildEnd;
import io.gennaker.workflows.child.ChildExecution;
import io.gennaker.workflows.child.ChildRequest;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.Failures;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChildExecutionsTests {

	private static final String DIGEST = "sha256:" + "9".repeat(64);

	private final TestService service = new TestService();

	private final ChildExecutions children = this.service.get(ChildExecutions.class);

	private final ExecutionReads reads = this.service.get(ExecutionReads.class);

	@BeforeEach
	void pipeline() {
		this.service.engine().available(false);
		this.service.pipeline("");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aStageStartsOneExecutionHoweverOftenItAsks() {
		ChildExecution child = this.children.start(request("", "nightly"));
		assertThat(this.children.start(request("", "nightly"))).isEqualTo(child);
		ExecutionDetail detail = this.reads.find(UUID.fromString(child.id())).orElseThrow();
		assertThat(detail.trigger().type()).isEqualTo("pipeline");
		assertThat(detail.trigger().user()).isEqualTo("engineer");
		assertThat(detail.trigger().facts()).containsEntry(ChildRequest.PARENT, "0199-parent")
			.containsEntry(ChildRequest.ANCESTRY, "nightly");
		assertThat(detail.parameters()).containsEntry("replicas", 4L).containsEntry("logLevel", "debug");
		assertThat(detail.artifacts()).containsOnly(Map.entry("api", DIGEST));
	}

	@Test
	void pipelinesThatStartEachOtherAreRefused() {
		assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> this.children.start(request("classroom", "nightly")))
			.satisfies((ex) -> assertThat(ex.getType()).isEqualTo(Failures.START_REFUSED))
			.withMessageContaining("classroom → nightly started classroom already");
		assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> this.children.start(request("a/b/c/d", "e")))
			.withMessageContaining("no more may follow");
	}

	@Test
	void whatDoesNotFitIsRefusedForGood() {
		Stage.ChildPipeline stage = new Stage.ChildPipeline("release", Stage.Options.NONE, "classroom",
				Map.of("replicas", 12L), false, Map.of(), true);
		assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> this.children.start(request("", "nightly", stage)))
			.satisfies((ex) -> assertThat(ex.isNonRetryable()).isTrue())
			.withMessageContaining("replicas");
	}

	@Test
	void aCancellationEndsTheExecutionAndWhoAwaitsItLearnsOfIt() {
		ChildExecution child = this.children.start(request("", "nightly"));
		this.children.cancel(new ChildCancellation(child, "engineer", "nightly #3: canceled by kim"));
		this.children.cancel(new ChildCancellation(child, "engineer", "again"));
		TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
		try {
			environment.registerActivitiesImplementations(this.children);
			ChildEnd end = environment
				.newActivityStub(ChildActivities.class,
						ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(20)).build())
				.await(child);
			assertThat(end.status()).isEqualTo(Status.CANCELED);
			assertThat(end.message()).contains("nightly #3: canceled by kim");
		}
		finally {
			environment.close();
		}
	}

	private static ChildRequest request(String ancestry, String pipeline) {
		return request(ancestry, pipeline, new Stage.ChildPipeline("release", Stage.Options.NONE, "classroom",
				Map.of("replicas", 4L, "logLevel", "${{ parameters.level }}"), true, Map.of(), true));
	}

	private static ChildRequest request(String ancestry, String pipeline, Stage.ChildPipeline stage) {
		ExpressionContext context = new ExpressionContext(Map.of("level", "debug", "all", List.of()), Map.of(),
				Map.of(), Map.of(), Map.of(), null);
		return new ChildRequest("0199-parent", pipeline, ancestry, "engineer", stage,
				Map.of("api", artifact("api"), "other", artifact("other")), context);
	}

	private static BoundArtifact artifact(String component) {
		return new BoundArtifact(component, "registry.example.com/classroom/" + component, "v9", DIGEST,
				BoundArtifact.Origin.CHOSEN);
	}

}
