package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.workflows.bake.BakeActivities;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.BindingActivities;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.gate.GateActivities;
import io.gennaker.workflows.gate.GateOpening;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.rollback.RollbackActivities;
import io.gennaker.workflows.rollback.RollbackPoint;
import io.gennaker.workflows.rollback.RollbackQuestion;
import io.temporal.failure.ApplicationFailure;

/**
 * The central service in memory.
 */
final class FakeCentral
		implements BindingActivities, BakeActivities, ConditionActivities, GateActivities, RollbackActivities {

	static final String DIGEST = "sha256:" + "a".repeat(64);

	final List<BakeRequest> bakes = new CopyOnWriteArrayList<>();

	final List<BindingRequest> bindings = new CopyOnWriteArrayList<>();

	final List<ExpressionContext> contexts = new CopyOnWriteArrayList<>();

	final List<GateOpening> openings = new CopyOnWriteArrayList<>();

	final List<String> closings = new CopyOnWriteArrayList<>();

	final Map<String, GateVerdict> verdicts = new ConcurrentHashMap<>();

	final Map<String, ApplicationFailure> bakeFailures = new ConcurrentHashMap<>();

	/** What ran before, by cluster. */
	final Map<String, RollbackPoint.Earlier> earlier = new ConcurrentHashMap<>();

	volatile ApplicationFailure bindingFailure;

	volatile CountDownLatch weighing;

	volatile CountDownLatch binding;

	private final Semaphore arrivals = new Semaphore(0);

	@Override
	public Bindings bind(BindingRequest request) {
		this.bindings.add(request);
		this.arrivals.release();
		hold(this.binding);
		if (this.bindingFailure != null) {
			throw this.bindingFailure;
		}
		Map<String, BoundArtifact> common = new LinkedHashMap<>();
		request.artifacts()
			.forEach((component, artifact) -> common.put(component,
					new BoundArtifact(component, artifact.image(), "v1.9.0", DIGEST, BoundArtifact.Origin.DEFAULT)));
		return new Bindings(common, Map.of());
	}

	@Override
	public BakeResult bake(BakeRequest request) {
		this.bakes.add(request);
		ApplicationFailure failure = this.bakeFailures.get(request.stage().id());
		if (failure != null) {
			if (!failure.isNonRetryable()) {
				this.bakeFailures.remove(request.stage().id());
			}
			throw failure;
		}
		return new BakeResult("sha256:" + request.stage().id(),
				request.destinations()
					.stream()
					.map((destination) -> new BakeResult.ManifestSet(destination.targetName(),
							destination.cluster().name(), destination.target().namespace(), request.stage().release(),
							"sha256:" + destination.cluster().name(), 8))
					.toList());
	}

	@Override
	public boolean holds(String condition, ExpressionContext context) {
		this.contexts.add(context);
		return switch (condition) {
			case "true" -> true;
			case "false" -> false;
			default -> throw ApplicationFailure.newNonRetryableFailure("'" + condition + "': unknown name",
					Failures.BAD_EXPRESSION);
		};
	}

	@Override
	public ResolvedPlaces places(PlacesRequest request) {
		List<BindingRequest.Place> places = new ArrayList<>();
		request.places()
			.forEach((place) -> places
				.add(new BindingRequest.Place(place.cluster().name(), place.namespace(), place.release())));
		return new ResolvedPlaces(places);
	}

	/**
	 * Lets a cluster have run something before.
	 */
	void ran(String cluster, String execution) {
		this.earlier.put(cluster,
				new RollbackPoint.Earlier(execution, "sha256:earlier", FakeClusters.EARLIER + cluster, Map.of()));
	}

	@Override
	public RollbackPoint before(RollbackQuestion question) {
		return new RollbackPoint(this.earlier.get(question.cluster()));
	}

	@Override
	public RollbackPoint previous(RollbackQuestion question) {
		return before(question);
	}

	@Override
	public void open(GateOpening opening) {
		this.openings.add(opening);
	}

	@Override
	public GateVerdict weigh(String executionId, DecisionNotice notice) {
		this.arrivals.release();
		hold(this.weighing);
		return this.verdicts.get(notice.decisionId());
	}

	private static void hold(CountDownLatch latch) {
		try {
			if (latch != null && !latch.await(20, TimeUnit.SECONDS)) {
				throw new IllegalStateException("never let go");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits until the next request to bind or to weigh has come.
	 */
	void awaitArrival() {
		try {
			if (!this.arrivals.tryAcquire(20, TimeUnit.SECONDS)) {
				throw new AssertionError("nothing came");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close(String executionId, String stageId, String how) {
		this.closings.add(stageId + ": " + how);
	}

}
