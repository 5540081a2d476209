package io.gennaker.workflows.release;

import java.util.List;
import java.util.Objects;

import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.PlacesRequest.UnresolvedPlace;
import io.gennaker.workflows.temporal.SearchAttributes;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/**
 * One execution as a walk over the pipeline's stage graph.
 * <p>
 * It lives from the binding of the artifacts until every stage has ended, and then until
 * the journal is written. Canceling it in Temporal itself is the same as the update
 * {@code cancel}. It never continues as new. What bounds its size: a cluster takes some
 * ten events of its history and, for an image per component from its last release, some
 * kilobytes; an execution that goes to 2,000 clusters at once reaches Temporal's limit of
 * children under way, one whose artifacts differ in more than about 1,500 clusters the 2
 * MB of a payload. Both are reached long before the 51,200 events of a history.
 */
public final class StageGraphRelease implements ReleaseWorkflow {

	private final ReleaseState state;

	private final CentralActivities activities = new CentralActivities();

	private final StageWalk walk;

	private final CancellationScope preparation = Workflow.newCancellationScope(this::prepare);

	private @Nullable ReleaseResult result;

	/**
	 * Made before any update arrives.
	 */
	@WorkflowInit
	public StageGraphRelease(ReleaseRequest request) {
		this.state = new ReleaseState(request);
		this.walk = new StageWalk(this.state, this.activities);
	}

	@Override
	public ReleaseResult run(ReleaseRequest request) {
		Workflow.upsertTypedSearchAttributes(SearchAttributes.PIPELINE.valueSet(request.pipeline().name()));
		CancellationScope.current().getCancellationRequest().thenApply((reason) -> {
			stop(new Steering("an operator of Temporal", Objects.requireNonNullElse(reason, "")));
			return reason;
		});
		Workflow.newDetachedCancellationScope(this::release).run();
		return Objects.requireNonNull(this.result);
	}

	private void release() {
		this.preparation.run();
		this.walk.walk();
		this.result = this.state.conclude();
		Workflow.await(() -> this.state.journal().written() && Workflow.isEveryHandlerFinished());
	}

	/**
	 * Finds out where the release goes and which images it carries, where it does not
	 * have that from others.
	 */
	private void prepare() {
		switch (this.state.request().kind()) {
			case ReleaseKind.Forward _ -> bind();
			case ReleaseKind.Restart restart -> this.state.takeOver(restart);
			case ReleaseKind.Rollback rollback -> this.state.bound(rollback.bindings());
		}
	}

	private void bind() {
		try {
			this.state.prepares("resolves where the release goes");
			List<BindingRequest.Place> places = places();
			this.state.prepares("binds the images");
			ReleaseRequest request = this.state.request();
			this.state.bound(this.activities.binding()
				.bind(new BindingRequest(request.executionId(), request.revisionId(), request.pipeline().artifacts(),
						request.artifacts(), request.trigger().pushed(), places)));
		}
		catch (TemporalFailure failure) {
			if (!Words.tellsOfCancellation(failure)) {
				this.state.fail(Words.of(failure));
				this.walk.stop(Status.SKIPPED, "not started: the execution's images could not be bound");
			}
		}
	}

	private List<BindingRequest.Place> places() {
		ReleaseRequest release = this.state.request();
		List<UnresolvedPlace> places = UnresolvedPlaces.of(release.pipeline(), release.inventory(),
				release.parameters());
		PlacesRequest request = new PlacesRequest(this.state.context(), places);
		return places.isEmpty() ? List.of() : this.activities.conditions().places(request).places();
	}

	@Override
	public void decide(DecisionNotice notice) {
		this.walk.gate(notice.stageId()).decide(notice);
	}

	@Override
	public void validateDecide(DecisionNotice notice) {
		this.walk.gate(notice.stageId()).checkOpen();
	}

	@Override
	public void pause(Steering steering) {
		this.state.paused(steering);
	}

	@Override
	public void validatePause(Steering steering) {
		checkSteerable();
		Steering paused = this.state.paused();
		if (paused != null) {
			throw new IllegalStateException("the execution is paused already, by " + paused.user());
		}
	}

	@Override
	public void resume(Steering steering) {
		this.state.paused(null);
	}

	@Override
	public void validateResume(Steering steering) {
		checkSteerable();
		if (this.state.paused() == null) {
			throw new IllegalStateException("the execution is not paused");
		}
	}

	@Override
	public void cancel(Steering steering) {
		stop(steering);
	}

	@Override
	public void validateCancel(Steering steering) {
		checkSteerable();
	}

	@Override
	public void retryCluster(ClusterSteering steering) {
		this.walk.deploy(steering.stageId()).retry(steering);
	}

	@Override
	public void validateRetryCluster(ClusterSteering steering) {
		checkSteerable();
		Steering paused = this.state.paused();
		if (paused != null) {
			throw new IllegalStateException("the execution is paused by " + paused.user() + "; resume it first");
		}
		this.walk.deploy(steering.stageId()).checkRetry(steering.cluster());
	}

	@Override
	public void skipCluster(ClusterSteering steering) {
		this.walk.deploy(steering.stageId()).skip(steering);
	}

	@Override
	public void validateSkipCluster(ClusterSteering steering) {
		checkSteerable();
		this.walk.deploy(steering.stageId()).checkSkip(steering.cluster());
	}

	@Override
	public void giveUp(StageSteering steering) {
		this.walk.deploy(steering.stageId()).giveUp(steering);
	}

	@Override
	public void validateGiveUp(StageSteering steering) {
		checkSteerable();
		this.walk.deploy(steering.stageId()).checkGiveUp();
	}

	private void stop(Steering steering) {
		if (this.state.canceled() == null && !this.state.ended()) {
			this.state.canceled(steering);
			String reason = ReleaseState.because("canceled", steering);
			this.preparation.cancel(reason);
			this.walk.stop(Status.CANCELED, reason + "; it had not started");
			this.walk.interrupt(reason);
		}
	}

	private void checkSteerable() {
		if (this.state.ended()) {
			throw new IllegalStateException("the execution has ended");
		}
		Steering canceled = this.state.canceled();
		if (canceled != null) {
			throw new IllegalStateException("the execution is being canceled by " + canceled.user());
		}
	}

	@Override
	public ReleaseSnapshot snapshot() {
		return this.state.snapshot();
	}

}
