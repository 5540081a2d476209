package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.HealthRule;
import io.gennaker.workflows.rollout.GroupRequest;
import io.gennaker.workflows.rollout.GroupResult;
import io.gennaker.workflows.rollout.Occasion;
import io.gennaker.workflows.rollout.PruneRequest;
import io.gennaker.workflows.rollout.RolloutActivities;
import io.gennaker.workflows.rollout.RolloutPlan;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;

/**
 * Rolls manifests out as the workflow does, one attempt for each activity.
 */
final class TestRollout implements AutoCloseable {

	private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();

	private final RecordedProgress progress = new RecordedProgress();

	private final RolloutActivities activities;

	private final RolloutRequest request;

	private volatile Fence fence = Fence.OPEN;

	TestRollout(KubernetesClient client, String namespace, String manifests, List<List<String>> order) {
		this(client, namespace, manifests, order, UUID.randomUUID().toString(), Duration.ofSeconds(60));
	}

	TestRollout(KubernetesClient client, String namespace, String manifests, List<List<String>> order, String execution,
			Duration timeout) {
		this(client, namespace, manifests, order, execution, timeout, RolloutSettings.DEFAULT, List.of());
	}

	TestRollout(KubernetesClient client, String namespace, String manifests, List<List<String>> order, String execution,
			Duration timeout, RolloutSettings settings, List<HealthRule> health) {
		this(client, manifests, settings,
				new RolloutRequest(execution, "deploy", "classroom", new Cluster("beijing", "beijing", Map.of()),
						namespace, "classroom", "sha256:m", "sha256:b", order, timeout, Applying.DEFAULT, false, 1,
						health, 0));
	}

	private TestRollout(KubernetesClient client, String manifests, RolloutSettings settings, RolloutRequest request) {
		ClusterClients clusters = (name) -> client;
		this.environment.registerActivitiesImplementations(new ClusterRolloutActivities(clusters, (digest) -> manifests,
				this.progress, Clock.systemUTC(), settings, (asking) -> this.fence.check(asking)));
		this.activities = this.environment.newActivityStub(RolloutActivities.class,
				ActivityOptions.newBuilder()
					.setStartToCloseTimeout(Duration.ofMinutes(3))
					.setHeartbeatTimeout(Duration.ofSeconds(20))
					.setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
					.build());
		this.request = request;
	}

	/**
	 * The release {@code classroom} of pipeline {@code classroom} as it is baked, with
	 * the labels that its objects are found by.
	 */
	static TestRollout baked(KubernetesClient client, String namespace, String manifests, Applying applying) {
		return baked(client, namespace, manifests, applying, false, UUID.randomUUID().toString());
	}

	static TestRollout baked(KubernetesClient client, String namespace, String manifests, Applying applying,
			boolean back, String execution) {
		return new TestRollout(client, Releases.marked(manifests, namespace, "classroom"), RolloutSettings.DEFAULT,
				new RolloutRequest(execution, "deploy", "classroom", new Cluster("beijing", "beijing", Map.of()),
						namespace, "classroom", "sha256:m", "sha256:b", List.of(), Duration.ofSeconds(60), applying,
						back, 1, List.of(), 0));
	}

	RecordedProgress progress() {
		return this.progress;
	}

	TestActivityEnvironment environment() {
		return this.environment;
	}

	/**
	 * From now on another one holds the place.
	 */
	void overtake() {
		this.fence = (asking) -> {
			throw new StaleHolderException("classroom #7 holds it now");
		};
	}

	/**
	 * The activity's next attempt finds what an earlier one told Temporal.
	 */
	void resumeFrom(RolloutBeat beat) {
		this.environment.setHeartbeatDetails(beat);
	}

	RolloutPlan plan() {
		return this.activities.plan(this.request);
	}

	GroupResult apply(int group) {
		return apply(group, Occasion.UPGRADE);
	}

	private GroupResult apply(int group, Occasion occasion) {
		return this.activities.apply(new GroupRequest(this.request, group, occasion));
	}

	GroupResult awaitHealthy(int group) {
		return awaitHealthy(group, Occasion.UPGRADE);
	}

	private GroupResult awaitHealthy(int group, Occasion occasion) {
		return this.activities.awaitHealthy(new GroupRequest(this.request, group, occasion));
	}

	/**
	 * Everything, group by group; gives the number of objects that the cluster changed.
	 */
	int run() {
		return run(plan());
	}

	int run(RolloutPlan plan) {
		int changed = 0;
		for (RolloutPlan.Group group : plan.groups()) {
			changed += apply(group.index(), plan.occasion()).changed();
			awaitHealthy(group.index(), plan.occasion());
		}
		if (!plan.obsolete().isEmpty()) {
			prune(plan);
		}
		return changed;
	}

	void prune(RolloutPlan plan) {
		this.activities.prune(new PruneRequest(this.request, plan.obsolete()));
	}

	@Override
	public void close() {
		this.environment.close();
	}

}
