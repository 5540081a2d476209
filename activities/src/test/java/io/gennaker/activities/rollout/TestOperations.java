package io.gennaker.activities.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.operation.OperationActivities;
import io.gennaker.workflows.operation.OperationRequest;
import io.gennaker.workflows.temporal.PayloadConverters;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;

/**
 * Operations as the workflow asks for them, one attempt each.
 */
final class TestOperations implements AutoCloseable {

	private static final Expressions EXPRESSIONS = new Expressions();

	private static final BoundArtifact API = new BoundArtifact("api", "registry.example.com/classroom/api", "v7",
			"sha256:" + "7".repeat(64), BoundArtifact.Origin.CHOSEN);

	final Map<String, String> logs = new ConcurrentHashMap<>();

	final RecordedProgress progress = new RecordedProgress();

	private final TestActivityEnvironment environment = TestActivityEnvironment
		.newInstance(TestEnvironmentOptions.newBuilder()
			.setWorkflowClientOptions(
					WorkflowClientOptions.newBuilder().setDataConverter(PayloadConverters.dataConverter()).build())
			.build());

	private final OperationActivities activities;

	private final String namespace;

	private final Map<String, byte[]> files = new ConcurrentHashMap<>();

	private String execution = UUID.randomUUID().toString();

	private Duration timeout = Duration.ofSeconds(60);

	TestOperations(KubernetesClient client, String namespace) {
		this.namespace = namespace;
		this.environment.registerActivitiesImplementations(
				new ClusterOperationActivities((name) -> client, (revision) -> new PipelineFiles(this.files),
						(id, stage, cluster, text) -> this.logs.put(stage + "/" + cluster, text), this.progress,
						EXPRESSIONS, Clock.systemUTC(), RolloutSettings.DEFAULT));
		this.activities = this.environment.newActivityStub(OperationActivities.class,
				ActivityOptions.newBuilder()
					.setStartToCloseTimeout(Duration.ofMinutes(3))
					.setHeartbeatTimeout(Duration.ofSeconds(20))
					.setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
					.build());
	}

	/**
	 * Goes on as another execution.
	 */
	TestOperations anew() {
		this.execution = UUID.randomUUID().toString();
		return this;
	}

	TestOperations within(Duration time) {
		this.timeout = time;
		return this;
	}

	TestOperations file(String path, String content) {
		this.files.put(path, content.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	/**
	 * The activity's next attempt finds what an earlier one told Temporal.
	 */
	void resumeFrom(RolloutBeat beat) {
		this.environment.setHeartbeatDetails(beat);
	}

	String execution() {
		return this.execution;
	}

	String run(ClusterOperation operation) {
		ExpressionContext context = new ExpressionContext(Map.of("replicas", 3L), Map.of(), Map.of("tag", "v7"),
				Map.of("number", "12"), Map.of(), null);
		return this.activities
			.operate(new OperationRequest(this.execution, "stage", "classroom", "revision",
					new Cluster("beijing", "north", Map.of()), this.namespace, operation, Map.of("api", API), context,
					this.timeout))
			.summary();
	}

	@Override
	public void close() {
		this.environment.close();
	}

}
