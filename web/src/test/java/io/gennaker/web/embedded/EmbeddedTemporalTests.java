package io.gennaker.web.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.gennaker.web.temporal.TemporalEndpoint.KeptBy;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.SearchAttributes.Builder;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedTemporalTests {

	@TempDir
	Path folder;

	@Test
	void theOneInThisProcessDoesWhatReleasesNeed() throws Exception {
		try (EmbeddedTemporal temporal = EmbeddedTemporal.startInProcess()) {
			assertThat(temporal.kind()).isEqualTo(KeptBy.PROCESS);
			assertThat(temporal.words()).contains("lost");
			exercise(temporal.target(), false);
		}
	}

	@Test
	void theProgramKeepsAWorkflowOverARestart() throws Exception {
		Optional<Path> program = EmbeddedTemporal.onPath(System.getenv("PATH"));
		Assumptions.assumeTrue(program.isPresent(), "the program temporal is not on the PATH");
		try (Home home = Home.open(this.folder.resolve("home").toString())) {
			try (EmbeddedTemporal temporal = EmbeddedTemporal.startProgram(home, program.get())) {
				assertThat(temporal.kind()).isEqualTo(KeptBy.PROGRAM);
				exercise(temporal.target(), true);
				// A second start finds the first still running, as after a kill of the
				// service.
				try (EmbeddedTemporal again = EmbeddedTemporal.startProgram(home, program.get())) {
					WorkflowServiceStubs stubs = stubs(again.target());
					assertThat(
							WorkflowClient.newInstance(stubs).newUntypedWorkflowStub("parent").getResult(String.class))
						.isEqualTo("approved child");
					stubs.shutdownNow();
				}
			}
		}
	}

	private static void exercise(String target, boolean searchable) {
		WorkflowServiceStubs stubs = stubs(target);
		WorkflowClient client = WorkflowClient.newInstance(stubs);
		WorkerFactory workers = WorkerFactory.newInstance(client);
		try {
			workers.newWorker("central").registerWorkflowImplementationTypes(ParentWorkflow.class);
			workers.newWorker("cluster").registerWorkflowImplementationTypes(ChildWorkflow.class);
			workers.start();
			WorkflowOptions.Builder options = WorkflowOptions.newBuilder()
				.setTaskQueue("central")
				.setWorkflowId("parent");
			if (searchable) {
				options.setTypedSearchAttributes(attributes());
			}
			Parent parent = client.newWorkflowStub(Parent.class, options.build());
			WorkflowClient.start(parent::run);
			assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(() -> parent.decide(""));
			parent.decide("approved");
			assertThat(parent.decision()).isEqualTo("approved");
			assertThat(WorkflowStub.fromTyped(parent).getResult(String.class)).isEqualTo("approved child");
		}
		finally {
			workers.shutdownNow();
			stubs.shutdownNow();
		}
	}

	private static io.temporal.common.SearchAttributes attributes() {
		Builder builder = io.temporal.common.SearchAttributes.newBuilder();
		SearchAttributes.ALL.forEach((key) -> builder.set(key, "classroom"));
		return builder.build();
	}

	private static WorkflowServiceStubs stubs(String target) {
		return WorkflowServiceStubs.newConnectedServiceStubs(
				WorkflowServiceStubsOptions.newBuilder().setTarget(target).build(), Duration.ofSeconds(20));
	}

	@WorkflowInterface
	public interface Parent {

		@WorkflowMethod
		String run();

		@UpdateMethod
		void decide(String word);

		@UpdateValidatorMethod(updateName = "decide")
		void checkDecision(String word);

		@QueryMethod
		String decision();

	}

	@WorkflowInterface
	public interface Child {

		@WorkflowMethod
		String run();

	}

	public static class ParentWorkflow implements Parent {

		private String word = "";

		@Override
		public String run() {
			boolean inTime = Workflow.await(Duration.ofHours(24), () -> !this.word.isEmpty());
			Child child = Workflow.newChildWorkflowStub(Child.class,
					ChildWorkflowOptions.newBuilder().setTaskQueue("cluster").build());
			Promise<String> result = Async.function(child::run);
			return (inTime ? this.word : "late") + " " + result.get();
		}

		@Override
		public void decide(String decided) {
			this.word = decided;
		}

		@Override
		public void checkDecision(String decided) {
			if (decided.isEmpty()) {
				throw new IllegalArgumentException("no decision");
			}
		}

		@Override
		public String decision() {
			return this.word;
		}

	}

	public static class ChildWorkflow implements Child {

		@Override
		public String run() {
			Workflow.sleep(Duration.ofMillis(100));
			return "child";
		}

	}

}
