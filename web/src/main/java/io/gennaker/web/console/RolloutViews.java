package io.gennaker.web.console;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pacing.WhenExceeded;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ClusterOrder;
import io.gennaker.pipelines.plan.ClusterOrder.Group;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.web.console.ExecutionView.Lane;
import io.gennaker.web.console.ExecutionView.Wave;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.execution.ExecutionDetail.StageDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts together what the page of an execution shows of a deploy's clusters: in which
 * groups they go, what each waits for, and what a person may do to it.
 */
@Component
class RolloutViews {

	private static final int MOST_NAMES = 3;

	private final ExecutionReads executions;

	private final Words words;

	private final Clock clock = Clock.systemUTC();

	RolloutViews(ExecutionReads executions, Words words) {
		this.executions = executions;
		this.words = words;
	}

	/**
	 * The clusters of a stage, in the groups in which they go.
	 * @param pipeline null where the revision can no longer be read
	 */
	List<Wave> waves(ExecutionDetail detail, StageDetail stage, @Nullable Pipeline pipeline) {
		List<ClusterRollout> rollouts = detail.clustersOf(stage.id());
		Stage.Deploy deploy = deploy(pipeline, stage.id());
		ClusterOrder order = (pipeline != null && deploy != null && !rollouts.isEmpty())
				? order(detail, pipeline, deploy, rollouts) : null;
		boolean open = !stage.status().ended() && !detail.status().ended();
		if (order == null || deploy == null) {
			return byNumber(rollouts, open);
		}
		Progress progress = new Progress(deploy, order, rollouts, open, detail.status() == Status.PAUSED);
		return (order.chain() || deploy.pacing().by() != null) ? byGroup(progress) : byWave(progress);
	}

	/**
	 * Whether a stage waits for a person to retry, skip or give up.
	 */
	boolean asks(ExecutionDetail detail, StageDetail stage, @Nullable Pipeline pipeline) {
		Stage.Deploy deploy = deploy(pipeline, stage.id());
		return deploy != null && stage.status() == Status.WAITING && deploy.pacing().whenExceeded() == WhenExceeded.ASK
				&& beyondBudget(deploy, detail.clustersOf(stage.id()));
	}

	private static Stage.@Nullable Deploy deploy(@Nullable Pipeline pipeline, String stage) {
		return (pipeline != null && pipeline.stages().get(stage) instanceof Stage.Deploy deploy) ? deploy : null;
	}

	/** Null where the clusters are no longer those that the pipeline means. */
	private @Nullable ClusterOrder order(ExecutionDetail detail, Pipeline pipeline, Stage.Deploy deploy,
			List<ClusterRollout> rollouts) {
		List<String> names = rollouts.stream().map(ClusterRollout::cluster).toList();
		Target target = Objects.requireNonNull(pipeline.targets().get(deploy.target()));
		List<Cluster> clusters = ClusterPlan.clusters(target, this.executions.inventory(detail.id()))
			.stream()
			.filter((cluster) -> names.contains(cluster.name()))
			.toList();
		return (clusters.size() == names.size()) ? ClusterOrder.of(deploy, clusters) : null;
	}

	private static boolean beyondBudget(Stage.Deploy deploy, List<ClusterRollout> rollouts) {
		List<String> failed = rollouts.stream()
			.filter((rollout) -> rollout.status() == Status.FAILED)
			.map(ClusterRollout::cluster)
			.toList();
		return failed.size() > deploy.failuresAllowed(rollouts.size())
				|| failed.contains(String.valueOf(deploy.pacing().canaryCluster()));
	}

	private List<Wave> byNumber(List<ClusterRollout> rollouts, boolean open) {
		Map<Integer, List<Lane>> byWave = new LinkedHashMap<>();
		rollouts.forEach((rollout) -> byWave.computeIfAbsent(rollout.wave(), (_) -> new ArrayList<>())
			.add(lane(rollout, open, false, null)));
		return byWave.entrySet()
			.stream()
			.map((wave) -> new Wave(wave.getKey() + 1, number(wave.getKey() + 1), "", wave.getValue()))
			.toList();
	}

	private List<Wave> byWave(Progress progress) {
		Map<Integer, List<Lane>> byWave = new LinkedHashMap<>();
		for (Group group : progress.order().groups()) {
			byWave.computeIfAbsent(group.wave(), (_) -> new ArrayList<>()).addAll(lanes(progress, group));
		}
		return byWave.entrySet()
			.stream()
			.map((wave) -> new Wave(wave.getKey() + 1, number(wave.getKey() + 1), "", wave.getValue()))
			.toList();
	}

	private List<Wave> byGroup(Progress progress) {
		List<Wave> waves = new ArrayList<>();
		ClusterOrder order = progress.order();
		for (Group group : order.groups()) {
			String title = order.chain() ? number(group.wave() + 1) : title(progress, group);
			if (order.chain()
					&& (progress.deploy().pacing().by() != null || group.name().equals(ClusterOrder.CANARY))) {
				title = this.words.text("execution.wave.named", group.wave() + 1, title(progress, group));
			}
			List<String> before = order.before(group).stream().map((other) -> title(progress, other)).toList();
			String after = (order.chain() || before.isEmpty()) ? ""
					: this.words.text("execution.wave.after", this.words.list(before));
			waves.add(new Wave(waves.size() + 1, title, after, lanes(progress, group)));
		}
		return waves;
	}

	private String number(int number) {
		return this.words.text("execution.wave", number);
	}

	private String title(Progress progress, Group group) {
		if (group.name().equals(ClusterOrder.CANARY)) {
			return this.words.text("execution.canary");
		}
		String by = progress.deploy().pacing().by();
		if (by == null) {
			return progress.order().chain() ? this.words.text("execution.wave", group.wave() + 1) : group.name();
		}
		return group.name().equals("without " + by) ? this.words.text("execution.without", by) : group.name();
	}

	private List<Lane> lanes(Progress progress, Group group) {
		return progress.of(group)
			.stream()
			.map((rollout) -> lane(rollout, progress.open(), progress.paused(),
					waits(rollout, progress) ? wait(progress, group) : null))
			.toList();
	}

	private static boolean waits(ClusterRollout rollout, Progress progress) {
		return progress.open() && rollout.status() == Status.PENDING && rollout.startedAt() == null;
	}

	private static Lane lane(ClusterRollout rollout, boolean open, boolean paused, @Nullable Wait wait) {
		boolean stuck = switch (rollout.status()) {
			case FAILED, CANCELED -> true;
			case RUNNING -> rollout.away() != null;
			case PENDING, WAITING, PAUSED, SUCCEEDED, SKIPPED -> false;
		};
		boolean retry = open && !paused && stuck;
		boolean skip = open && (stuck || rollout.status() == Status.PENDING);
		return new Lane(rollout, (wait != null) ? wait.words() : null, (wait != null) ? wait.soak() : null, retry,
				skip);
	}

	private Wait wait(Progress progress, Group group) {
		List<Group> before = progress.order().before(group);
		List<String> unfinished = new ArrayList<>();
		for (Group other : before) {
			unfinished.addAll(told(progress, other, progress.unfinished(other)));
		}
		if (!unfinished.isEmpty()) {
			return new Wait(this.words.text("lane.waits", this.words.list(unfinished)), null);
		}
		if (beyondBudget(progress.deploy(), progress.rollouts())) {
			return new Wait(this.words.text("lane.budget"), null);
		}
		for (Group other : before) {
			Instant end = progress.soakEnd(other);
			if (end != null && end.isAfter(this.clock.instant())) {
				List<String> names = progress.of(other).stream().map(ClusterRollout::cluster).toList();
				return new Wait(this.words.text("lane.waits", this.words.list(told(progress, other, names))), end);
			}
		}
		return new Wait(this.words.text(progress.paused() ? "lane.paused" : "lane.turn"), null);
	}

	private List<String> told(Progress progress, Group group, List<String> names) {
		return (names.size() <= MOST_NAMES) ? names
				: List.of(this.words.text("lane.many", names.size(), title(progress, group)));
	}

	/**
	 * What a cluster waits for.
	 *
	 * @param soak when that ends by itself
	 */
	private record Wait(String words, @Nullable Instant soak) {
	}

	/** How far a deploy has come. */
	private record Progress(Stage.Deploy deploy, ClusterOrder order, List<ClusterRollout> rollouts, boolean open,
			boolean paused) {

		List<ClusterRollout> of(Group group) {
			List<String> names = group.clusters().stream().map(Cluster::name).toList();
			return this.rollouts.stream().filter((rollout) -> names.contains(rollout.cluster())).toList();
		}

		List<String> unfinished(Group group) {
			return of(group).stream()
				.filter((rollout) -> !rollout.status().ended())
				.map(ClusterRollout::cluster)
				.toList();
		}

		@Nullable Instant soakEnd(Group group) {
			Instant latest = null;
			for (ClusterRollout rollout : of(group)) {
				Instant end = (rollout.startedAt() != null) ? rollout.endedAt() : null;
				latest = (end != null && (latest == null || end.isAfter(latest))) ? end : latest;
			}
			return (latest != null) ? latest.plus(this.deploy.soak()) : null;
		}

	}

}
