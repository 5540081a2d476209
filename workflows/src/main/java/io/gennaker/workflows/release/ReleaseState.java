package io.gennaker.workflows.release;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.Journal;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.gennaker.workflows.temporal.Words;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * What a running release knows of itself. Every change of a stage goes through it, into
 * the journal, and into the standing of the whole.
 */
final class ReleaseState {

	private final ReleaseRequest request;

	private final StageGraph graph;

	private final Journal journal = new Journal(1);

	private final Map<String, StageStanding> stages = new LinkedHashMap<>();

	private final Map<String, BakeResult> bakes = new LinkedHashMap<>();

	private Bindings bindings = new Bindings(Map.of(), Map.of());

	private boolean bound;

	private @Nullable String preparation;

	private @Nullable Steering paused;

	private @Nullable Steering canceled;

	private @Nullable String failure;

	private @Nullable ReleaseResult result;

	private @Nullable Status toldStatus;

	private @Nullable String toldMessage;

	ReleaseState(ReleaseRequest request) {
		this.request = request;
		this.graph = new StageGraph(request.pipeline());
		request.pipeline().stages().forEach((id, stage) -> this.stages.put(id, new StageStanding(stage)));
	}

	ReleaseRequest request() {
		return this.request;
	}

	String executionId() {
		return this.request.executionId();
	}

	StageGraph graph() {
		return this.graph;
	}

	Journal journal() {
		return this.journal;
	}

	/**
	 * In the file's order.
	 */
	Collection<StageStanding> stages() {
		return this.stages.values();
	}

	StageStanding stage(String id) {
		StageStanding standing = this.stages.get(id);
		if (standing == null) {
			throw new IllegalStateException("pipeline '" + this.request.pipeline().name() + "' has no stage '" + id
					+ "'; its stages are " + Words.of(List.copyOf(this.stages.keySet())));
		}
		return standing;
	}

	Target target(String name) {
		return Objects.requireNonNull(this.request.pipeline().targets().get(name));
	}

	/**
	 * The clusters that a deploy goes to in this execution.
	 */
	List<Cluster> clusters(Stage.Deploy deploy) {
		return clusters(deploy.target());
	}

	/**
	 * The clusters of a target that this execution goes to.
	 */
	List<Cluster> clusters(String target) {
		return ClusterPlan.clusters(this.request.pipeline(), target(target), this.request.inventory(),
				this.request.parameters());
	}

	Bindings bindings() {
		return this.bindings;
	}

	void bound(Bindings found) {
		this.bindings = found;
		this.bound = true;
		prepares(null);
	}

	void baked(String stage, BakeResult bake) {
		this.bakes.put(stage, bake);
	}

	@Nullable BakeResult bake(String stage) {
		return this.bakes.get(stage);
	}

	/**
	 * The manifests of a deploy; null while there are none.
	 */
	@Nullable BakeResult manifests(Stage.Deploy deploy) {
		return switch (this.request.kind()) {
			case ReleaseKind.Rollback rollback -> rollback.manifests(deploy.id(), deploy.target());
			case ReleaseKind.Forward _, ReleaseKind.Restart _ -> bake(this.graph.bakeOf(deploy).id());
		};
	}

	/**
	 * What a deploy brings to a cluster.
	 * @param baked the deploy's manifests
	 */
	Cargo cargo(Stage.Deploy deploy, String cluster, BakeResult baked) {
		return switch (this.request.kind()) {
			case ReleaseKind.Rollback rollback -> {
				ReleaseKind.KeptRelease kept = rollback.in(deploy.id(), cluster);
				yield new Cargo(kept.bake(), kept.artifacts(), true);
			}
			case ReleaseKind.Forward _, ReleaseKind.Restart _ ->
				new Cargo(baked.digest(), this.bindings.in(cluster), false);
		};
	}

	/**
	 * Notes what an earlier execution had done.
	 */
	void takeOver(ReleaseKind.Restart restart) {
		for (ReleaseKind.TakenOver taken : restart.stages()) {
			BakeResult bake = taken.bake();
			if (bake != null) {
				baked(taken.stage(), bake);
			}
			end(stage(taken.stage()), StageOutcome.succeeded("taken over from " + restart.of(), taken.outputs()));
		}
		bound(restart.bindings());
	}

	/**
	 * Whether the release goes back to what ran before.
	 */
	boolean goesBack() {
		return this.request.kind() instanceof ReleaseKind.Rollback;
	}

	@Nullable Steering paused() {
		return this.paused;
	}

	void paused(@Nullable Steering steering) {
		this.paused = steering;
		tell(false);
	}

	@Nullable Steering canceled() {
		return this.canceled;
	}

	void canceled(Steering steering) {
		this.canceled = steering;
		tell(false);
	}

	boolean ended() {
		return this.result != null;
	}

	boolean failed() {
		return this.failure != null;
	}

	/**
	 * Notes why the release will fail; the first cause counts.
	 */
	void fail(String cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
	}

	/**
	 * Tells more of the cause, such as what was done about it.
	 */
	void addToFailure(String words) {
		this.failure = (this.failure != null) ? this.failure + ". " + Words.sentence(words) : words;
	}

	/**
	 * Says what goes on before the first stage; null when that is over.
	 */
	void prepares(@Nullable String what) {
		this.preparation = what;
		tell(what == null);
	}

	void change(StageStanding standing, Status status, @Nullable String message, @Nullable Instant until) {
		standing.become(status, message, until);
		write(standing);
	}

	void end(StageStanding standing, StageOutcome outcome) {
		standing.end(outcome);
		write(standing);
	}

	void bar(StageStanding standing, StageOutcome outcome) {
		standing.bar(outcome);
		write(standing);
	}

	private void write(StageStanding standing) {
		this.journal.write(new StageEntry(executionId(), this.journal.next(), Journal.now(), standing.id(),
				standing.status(), standing.message(), standing.until(), standing.outputs()));
		tell(false);
	}

	/**
	 * Ends the release.
	 */
	ReleaseResult conclude() {
		boolean well = this.failure == null && this.stages.values().stream().allMatch(StageStanding::letsOthersGoOn);
		if (well) {
			return conclude(new ReleaseResult(Status.SUCCEEDED, null));
		}
		Steering by = this.canceled;
		if (by != null) {
			return conclude(new ReleaseResult(Status.CANCELED, because("canceled", by) + deploysTold()));
		}
		return conclude(new ReleaseResult(Status.FAILED, this.failure));
	}

	private ReleaseResult conclude(ReleaseResult end) {
		this.result = end;
		tell(false);
		return end;
	}

	private String deploysTold() {
		StringBuilder told = new StringBuilder();
		for (StageStanding standing : this.stages.values()) {
			if (standing.stage() instanceof Stage.Deploy || standing.stage() instanceof Stage.Operation) {
				told.append(". ").append(standing.id()).append(": ");
				told.append((standing.message() != null) ? standing.message() : standing.status().name());
			}
		}
		return told.toString();
	}

	/**
	 * Who steered, and why.
	 */
	static String because(String what, Steering steering) {
		return Words.because(what + " by " + steering.user(), steering.reason());
	}

	/**
	 * Journals the whole where it changed.
	 */
	private void tell(boolean always) {
		Status status = status();
		String message = message();
		if (status != this.toldStatus) {
			Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(status.name()));
		}
		if (always || status != this.toldStatus || !Objects.equals(message, this.toldMessage)) {
			this.toldStatus = status;
			this.toldMessage = message;
			this.journal.write(new ExecutionEntry(executionId(), this.journal.next(), Journal.now(), status, message,
					this.bound ? this.bindings : null));
		}
	}

	private Status status() {
		if (this.result != null) {
			return this.result.status();
		}
		if (this.paused != null) {
			return Status.PAUSED;
		}
		return (waiting() != null) ? Status.WAITING : Status.RUNNING;
	}

	/**
	 * The stage that the whole waits for: one that waits while none is under way.
	 */
	private @Nullable StageStanding waiting() {
		StageStanding first = null;
		for (StageStanding standing : this.stages.values()) {
			if (standing.status() == Status.RUNNING) {
				return null;
			}
			if (standing.status() == Status.WAITING && first == null) {
				first = standing;
			}
		}
		return first;
	}

	private @Nullable String message() {
		if (this.result != null) {
			return this.result.cause();
		}
		if (this.canceled != null) {
			return because("is being canceled", this.canceled);
		}
		if (this.paused != null) {
			return because("paused", this.paused);
		}
		if (this.failure != null) {
			return this.failure;
		}
		StageStanding waiting = waiting();
		return (waiting != null) ? Words.because(waiting.id(), waiting.message()) : this.preparation;
	}

	ReleaseSnapshot snapshot() {
		return new ReleaseSnapshot(status(), message(),
				this.stages.values().stream().map(StageStanding::snapshot).toList());
	}

	/**
	 * What expressions may refer to now, without a cluster.
	 */
	ExpressionContext context() {
		Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
		this.stages.forEach((id, standing) -> outputs.put(id, standing.outputs()));
		return this.request.context(this.bindings, Collections.unmodifiableMap(outputs));
	}

	/**
	 * What a cluster gets besides manifests.
	 *
	 * @param bake the digest of the bake that they are of
	 * @param artifacts the images that they carry, by component
	 * @param comesBack whether they ran there before
	 */
	record Cargo(String bake, Map<String, BoundArtifact> artifacts, boolean comesBack) {
	}

}
