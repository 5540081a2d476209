package io.gennaker.workflows.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.ClusterOrder;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import io.gennaker.workflows.journal.ClusterEntries;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ClusterEntry.RolloutReference;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.lock.LockClaim;
import io.gennaker.workflows.lock.PlaceLock;
import io.gennaker.workflows.rollback.RollbackPoint.Earlier;
import io.gennaker.workflows.rollback.RollbackQuestion;
import io.gennaker.workflows.rollout.ClusterRolloutWorkflow;
import io.gennaker.workflows.rollout.Restoration;
import io.gennaker.workflows.rollout.RolloutAssignment;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.gennaker.workflows.rollout.RolloutResult;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.gennaker.workflows.temporal.TaskQueues;
import io.gennaker.workflows.temporal.Words;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * The workflows of a deploy's clusters, and what the deploy itself tells the journal of
 * them: what is to come, and what stayed untouched. All between is told by those
 * workflows.
 */
final class ClusterRollouts {

	/** For a cluster of a stage that gives no time-out. */
	private static final Duration TIMEOUT = Duration.ofHours(1);

	/**
	 * How long a canceled stage waits for its clusters. One whose workers are all gone
	 * would hold the execution for ever.
	 */
	private static final Duration GRACE = Duration.ofMinutes(5);

	private final Stage.Deploy stage;

	private final ReleaseState state;

	private final BakeResult baked;

	private final DeployProgress progress;

	private final Rollbacks rollbacks;

	private final ClusterOrder order;

	private final DeployWords words;

	private final Map<String, ClusterRolloutWorkflow> underWay = new LinkedHashMap<>();

	private final Map<String, ClusterRolloutWorkflow> onTheirWayBack = new LinkedHashMap<>();

	private final Map<String, String> skips = new LinkedHashMap<>();

	ClusterRollouts(Stage.Deploy stage, ReleaseState state, BakeResult baked, ClusterOrder order, Rollbacks rollbacks) {
		this.stage = stage;
		this.state = state;
		this.baked = baked;
		this.order = order;
		this.progress = new DeployProgress(stage, order);
		this.words = new DeployWords(stage, this.progress);
		this.rollbacks = rollbacks;
	}

	String stageId() {
		return this.stage.id();
	}

	List<List<Cluster>> waves() {
		return this.order.waves();
	}

	DeployWords words() {
		return this.words;
	}

	Cluster cluster(String name) {
		return this.order.groupOf(name)
			.clusters()
			.stream()
			.filter((cluster) -> cluster.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	DeployProgress progress() {
		return this.progress;
	}

	void tellWhatIsToCome() {
		List<ClusterEntry> entries = new ArrayList<>();
		for (String cluster : this.progress.untouched()) {
			entries.add(entry(cluster, Status.PENDING, this.words.waitsFor(cluster)));
		}
		this.state.journal().write(new ClusterEntries(entries));
	}

	void tellUntouched(Status status, String why) {
		List<ClusterEntry> entries = new ArrayList<>();
		for (String cluster : this.progress.untouched()) {
			entries.add(entry(cluster, status, Words.because("untouched", why)));
		}
		this.state.journal().write(new ClusterEntries(entries));
	}

	/**
	 * Starts a cluster, out of reach of the stage's cancellation: the result of a
	 * canceled workflow, and with it what was done, would be lost.
	 */
	void start(Cluster cluster) {
		this.rollbacks.forget(this, cluster);
		int attempt = this.progress.started(cluster.name());
		ClusterRolloutWorkflow rollout = Workflow.newChildWorkflowStub(ClusterRolloutWorkflow.class, options(cluster,
				TaskQueues.rolloutWorkflowId(this.state.executionId(), this.stage.id(), cluster.name(), attempt)));
		this.underWay.put(cluster.name(), rollout);
		RolloutAssignment assignment = assignment(cluster);
		Workflow.newDetachedCancellationScope(() -> settle(cluster, Async.function(rollout::roll, assignment))).run();
	}

	private void settle(Cluster cluster, Promise<RolloutResult> end) {
		end.handle((result, failure) -> {
			this.underWay.remove(cluster.name());
			this.progress.ended((failure == null) ? result : lost(cluster.name(), failure), Journal.now());
			String skip = this.skips.remove(cluster.name());
			if (skip != null && this.progress.status(cluster.name()) != Status.SUCCEEDED) {
				leaveOut(cluster.name(), skip);
			}
			if (this.progress.status(cluster.name()) == Status.FAILED && this.stage.options().onFailure().goesBack()) {
				this.rollbacks.begin(this, cluster, this.progress.cause(cluster.name()), Status.FAILED);
			}
			return result;
		});
	}

	/**
	 * Takes back the clusters that were stopped half way.
	 */
	void takeBackStopped() {
		for (Cluster cluster : waves().stream().flatMap(List::stream).toList()) {
			if (this.progress.status(cluster.name()) == Status.CANCELED) {
				this.rollbacks.begin(this, cluster, this.progress.cause(cluster.name()), Status.FAILED);
			}
		}
	}

	private LockClaim claim(Cluster cluster) {
		ManifestSet manifests = this.baked.in(this.stage.target(), cluster.name());
		return new LockClaim(this.state.executionId(), this.stage.id(), cluster.name(), manifests.namespace(),
				manifests.release(), manifests.digest(), Map.of(), false, 0);
	}

	RollbackQuestion question(Cluster cluster, String executionId) {
		ManifestSet manifests = this.baked.in(this.stage.target(), cluster.name());
		return new RollbackQuestion(executionId, cluster.name(), manifests.namespace(), manifests.release());
	}

	/**
	 * Takes a cluster back and waits for it. The groups go in reverse: what depends on
	 * others goes back before them.
	 */
	RolloutResult restore(Cluster cluster, Earlier earlier, String why, Status end) {
		ReleaseRequest request = this.state.request();
		ManifestSet left = this.baked.in(this.stage.target(), cluster.name());
		RolloutRequest rollout = new RolloutRequest(request.executionId(), this.stage.id(), request.pipeline().name(),
				cluster, left.namespace(), left.release(), earlier.manifests(), earlier.bake(),
				this.stage.order().reversed(), timeout(), this.stage.applying(), true,
				this.progress.attempts(cluster.name()), request.pipeline().health(), 0);
		RolloutAssignment assignment = new RolloutAssignment(rollout, waveOf(cluster.name()),
				this.state.journal().setAside(RolloutAssignment.SEQUENCES), earlier.artifacts(),
				new Restoration(earlier.execution(), why, end));
		String id = TaskQueues.rollbackWorkflowId(request.executionId(), this.stage.id(), cluster.name(),
				rollout.attempt());
		ClusterRolloutWorkflow back = Workflow.newChildWorkflowStub(ClusterRolloutWorkflow.class, options(cluster, id));
		this.onTheirWayBack.put(cluster.name(), back);
		try {
			return back.roll(assignment);
		}
		finally {
			this.onTheirWayBack.remove(cluster.name());
		}
	}

	boolean isGoingBack(String cluster) {
		return this.rollbacks.isUnderWay(this, cluster);
	}

	boolean isBeingSkipped(String cluster) {
		return this.skips.containsKey(cluster);
	}

	/**
	 * Whether a cluster is on its way to what the stage brings.
	 */
	boolean isUnderWay(String cluster) {
		return this.underWay.containsKey(cluster);
	}

	/**
	 * Tells the rollout under way in a cluster, forth or back, not to wait before it
	 * tries again.
	 */
	void tryNow(String cluster) {
		ClusterRolloutWorkflow forth = this.underWay.get(cluster);
		ClusterRolloutWorkflow rollout = (forth != null) ? forth : this.onTheirWayBack.get(cluster);
		if (rollout != null) {
			Async.procedure(rollout::tryNow).exceptionally((gone) -> null);
		}
	}

	/**
	 * Lets a cluster that failed start again when its turn comes.
	 * @param words who wants it, and why
	 */
	void tryAgain(String cluster, String words) {
		this.progress.tryAgain(cluster);
		this.state.journal()
			.write(entry(cluster, Status.PENDING, "attempt " + (this.progress.attempts(cluster) + 1) + " " + words));
	}

	/**
	 * Leaves a cluster out; one that is under way once it has stopped.
	 * @param words who wants it, and why
	 */
	void skip(String cluster, String words) {
		ClusterRolloutWorkflow rollout = this.underWay.get(cluster);
		if (rollout == null) {
			leaveOut(cluster, words);
			return;
		}
		this.skips.put(cluster, words);
		Async.procedure(rollout::stop, words).exceptionally((gone) -> null);
	}

	private void leaveOut(String cluster, String words) {
		boolean began = this.progress.attempts(cluster) > 0;
		String told = began ? words + ". " + Words.sentence(this.progress.cause(cluster)) : words;
		this.progress.skipped(cluster, told);
		this.state.journal().write(entry(cluster, Status.SKIPPED, told));
	}

	/**
	 * Tells of a cluster that should go back and cannot, and lets others into the place
	 * that was kept for that.
	 */
	void staysAsItIs(Cluster cluster, String message, Status end) {
		PlaceLock.letGo(claim(cluster));
		this.state.journal().write(entry(cluster.name(), end, message));
	}

	/**
	 * Asks every cluster under way to stop, and waits some time for it to say what was
	 * done.
	 */
	void stop(String reason) {
		for (ClusterRolloutWorkflow rollout : List.copyOf(this.underWay.values())) {
			// One that ends at this moment is no longer there to be told.
			Async.procedure(rollout::stop, reason).exceptionally((gone) -> null);
		}
		Workflow.await(GRACE, this.underWay::isEmpty);
	}

	/**
	 * Should the release be ended from outside, its clusters stop as well.
	 */
	private ChildWorkflowOptions options(Cluster cluster, String id) {
		ReleaseRequest request = this.state.request();
		return ChildWorkflowOptions.newBuilder()
			.setTaskQueue(TaskQueues.cluster(cluster.name()))
			.setWorkflowId(id)
			.setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
			.setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
				.set(SearchAttributes.PIPELINE, request.pipeline().name())
				.set(SearchAttributes.CLUSTER, cluster.name())
				.build())
			.build();
	}

	private RolloutAssignment assignment(Cluster cluster) {
		ReleaseRequest request = this.state.request();
		ManifestSet manifests = this.baked.in(this.stage.target(), cluster.name());
		ReleaseState.Cargo cargo = this.state.cargo(this.stage, cluster.name(), this.baked);
		RolloutRequest rollout = new RolloutRequest(request.executionId(), this.stage.id(), request.pipeline().name(),
				cluster, manifests.namespace(), manifests.release(), manifests.digest(), cargo.bake(),
				this.stage.order(), timeout(), this.stage.applying(), cargo.comesBack(),
				this.progress.attempts(cluster.name()), request.pipeline().health(), 0);
		return new RolloutAssignment(rollout, waveOf(cluster.name()),
				this.state.journal().setAside(RolloutAssignment.SEQUENCES), cargo.artifacts(), null,
				this.stage.options().onFailure().goesBack());
	}

	private int waveOf(String cluster) {
		return this.order.groupOf(cluster).wave();
	}

	private Duration timeout() {
		return Objects.requireNonNullElse(this.stage.options().timeout(), TIMEOUT);
	}

	/**
	 * What became of a cluster whose workflow did not end by itself, and so told nobody.
	 */
	private RolloutResult lost(String cluster, RuntimeException failure) {
		if (!(failure instanceof TemporalFailure known)) {
			throw failure;
		}
		if (Words.tellsOfCancellation(known)) {
			return new RolloutResult(cluster, Status.CANCELED, "its workflow was canceled from outside");
		}
		String cause = "its workflow was ended from outside: " + Words.of(known) + ". What was done there is unknown";
		this.state.journal().write(entry(cluster, Status.FAILED, cause));
		return new RolloutResult(cluster, Status.FAILED, cause);
	}

	private ClusterEntry entry(String cluster, Status status, @Nullable String message) {
		ManifestSet manifests = this.baked.in(this.stage.target(), cluster);
		RolloutReference reference = new RolloutReference(manifests.namespace(), manifests.release(),
				this.state.cargo(this.stage, cluster, this.baked).bake(), manifests.digest());
		return new ClusterEntry(this.state.executionId(), this.state.journal().next(), Journal.now(), this.stage.id(),
				cluster, waveOf(cluster), status, null, message, reference);
	}

}
