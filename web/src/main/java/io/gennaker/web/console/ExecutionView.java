package io.gennaker.web.console;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.execution.ExecutionDetail.StageDetail;
import io.gennaker.web.execution.RolloutObject;
import io.gennaker.web.gate.Gate;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * An execution as its page shows it.
 *
 * @param graph null where the revision can no longer be read with the clusters of today
 * @param gates its open gates
 * @param waits stages that wait, with the reason
 * @param failures stages that failed, with the reason
 * @param images what is the same everywhere
 * @param ownImages what a cluster keeps from its last release, by cluster
 * @param stage the stage that is shown below the graph; null where there is none
 * @param waves its clusters, for a deploy
 * @param asking the stages that wait for a person to retry, skip or give up
 * @param cluster the cluster whose objects are shown; null where there is none
 * @param objects that cluster's objects
 * @param log what the stage's Job logged there; null where there is none
 */
record ExecutionView(ExecutionDetail detail, @Nullable GraphDrawing graph, List<Gate> gates, List<StageDetail> waits,
		List<FailureView> failures, List<BoundArtifact> images, Map<String, List<BoundArtifact>> ownImages,
		@Nullable StageDetail stage, List<Wave> waves, List<String> asking, @Nullable ClusterRollout cluster,
		List<RolloutObject> objects, @Nullable String log) {

	/**
	 * Whether nothing will change it any more.
	 */
	public boolean ended() {
		return this.detail.status().ended();
	}

	/**
	 * Whether it began to roll a release out, so that there is something to take back.
	 */
	public boolean changed() {
		return this.detail.clusters()
			.stream()
			.anyMatch((rollout) -> rollout.startedAt() != null && rollout.release() != null);
	}

	/**
	 * Whether it can be started again from one of its stages.
	 */
	public boolean restartable() {
		ExecutionDetail.Relative origin = this.detail.origin();
		return ended() && this.detail.bindings() != null && (origin == null || !origin.kind().equals("rollback"));
	}

	/**
	 * Clusters that wait for another execution.
	 */
	public List<ClusterRollout> locked() {
		return this.detail.clusters().stream().filter((rollout) -> rollout.status() == Status.WAITING).toList();
	}

	/**
	 * The open gate of a stage, if it has one.
	 */
	public @Nullable Gate gate(String stageId) {
		return this.gates.stream().filter((gate) -> gate.stageId().equals(stageId)).findFirst().orElse(null);
	}

	/**
	 * Clusters that go at the same time.
	 *
	 * @param number counted from 1, unique in its stage
	 * @param title in words
	 * @param after which others must be done before; empty where that is plain
	 */
	record Wave(int number, String title, String after, List<Lane> lanes) {

		private static final int OPEN = 12;

		/**
		 * Whether the wave is so large that it shows counts first.
		 */
		public boolean folded() {
			return this.lanes.size() > OPEN;
		}

		/**
		 * How many clusters stand where.
		 */
		public Map<Status, Integer> counts() {
			Map<Status, Integer> counts = new EnumMap<>(Status.class);
			this.lanes.forEach((lane) -> counts.merge(lane.rollout().status(), 1, Integer::sum));
			return counts;
		}

	}

	/**
	 * One cluster of a deploy.
	 *
	 * @param waits for what it waits, before it starts; null where it does not, or nobody
	 * knows
	 * @param soak when a soak that it waits for ends
	 * @param retry whether it can be tried again
	 * @param skip whether it can be left out
	 */
	record Lane(ClusterRollout rollout, @Nullable String waits, @Nullable Instant soak, boolean retry, boolean skip) {
	}

}
