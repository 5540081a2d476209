package io.gennaker.web.service;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import io.gennaker.web.execution.ReleaseEngine;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.release.ClusterSteering;
import io.gennaker.workflows.release.ReleaseRequest;
import io.gennaker.workflows.release.StageSteering;
import io.gennaker.workflows.release.Steering;

/**
 * An engine that notes what it is told.
 */
public final class FakeReleaseEngine implements ReleaseEngine {

	private final List<ReleaseRequest> starts = new CopyOnWriteArrayList<>();

	private final Map<UUID, RunState> states = new ConcurrentHashMap<>();

	private final List<Steer> steers = new CopyOnWriteArrayList<>();

	private final List<String> told = new CopyOnWriteArrayList<>();

	private volatile boolean available = true;

	private volatile BiConsumer<UUID, DecisionNotice> onDecide = (_, _) -> {
	};

	@Override
	public void start(ReleaseRequest request) {
		check();
		if (this.states.putIfAbsent(UUID.fromString(request.executionId()), RunState.RUNNING) == null) {
			this.starts.add(request);
		}
	}

	@Override
	public void decide(UUID executionId, DecisionNotice notice) {
		check();
		this.onDecide.accept(executionId, notice);
	}

	@Override
	public void steer(UUID executionId, Steer steer, Steering steering) {
		check();
		this.steers.add(steer);
	}

	@Override
	public void steer(UUID executionId, ClusterSteer steer, ClusterSteering steering) {
		check();
		this.told.add(steer + " " + steering.stageId() + "/" + steering.cluster() + " by " + steering.user() + ": "
				+ steering.reason());
	}

	@Override
	public void giveUp(UUID executionId, StageSteering steering) {
		check();
		this.told.add("give up " + steering.stageId() + " by " + steering.user() + ": " + steering.reason());
	}

	/**
	 * What it was told of single clusters, in words.
	 */
	public List<String> told() {
		return this.told;
	}

	@Override
	public RunState state(UUID executionId) {
		check();
		return this.states.getOrDefault(executionId, RunState.UNKNOWN);
	}

	private void check() {
		if (!this.available) {
			throw new EngineUnavailableException("nobody is there", new IllegalStateException("refused"));
		}
	}

	/**
	 * Everything that was started, each once.
	 */
	public List<ReleaseRequest> starts() {
		return this.starts;
	}

	public List<Steer> steers() {
		return this.steers;
	}

	public void available(boolean now) {
		this.available = now;
	}

	public void state(UUID executionId, RunState state) {
		this.states.put(executionId, state);
	}

	public void forget() {
		this.states.clear();
	}

	public void onDecide(BiConsumer<UUID, DecisionNotice> action) {
		this.onDecide = action;
	}

}
