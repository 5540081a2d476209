package io.gennaker.web.execution;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * One execution with everything but its clusters' objects and its events.
 *
 * @param number counts the pipeline's executions from 1
 * @param revision the number of the pipeline's revision
 * @param message why it waits or failed
 * @param lost whether its workflow was lost
 * @param trigger what started it
 * @param parameters complete values
 * @param artifacts what was chosen or pushed: tags or digests by component
 * @param bindings its images; null while they are not bound
 * @param launched whether its workflow was started
 * @param stages in the file's order
 * @param clusters by stage in the file's order, wave and name
 * @param origin the execution that it goes on from or takes back; null for none
 * @param successors those that go on from this one or take it back, oldest first
 */
public record ExecutionDetail(UUID id, String pipeline, long number, UUID revisionId, int revision, Status status,
		@Nullable String message, boolean lost, TriggerFacts trigger, Map<String, Object> parameters,
		Map<String, String> artifacts, @Nullable Bindings bindings, boolean launched, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant endedAt, List<StageDetail> stages, List<ClusterRollout> clusters,
		@Nullable Relative origin, List<Relative> successors) {

	/**
	 * An execution that has something from this one, or from which this one has it.
	 *
	 * @param kind how: {@code restart} or {@code rollback}
	 * @param id the other one
	 * @param number the other one's
	 * @param from the stage that a restart starts again from; null for a rollback
	 * @param status the other one's
	 */
	public record Relative(String kind, UUID id, String pipeline, long number, @Nullable String from, Status status) {
	}

	/**
	 * What started it.
	 *
	 * @param type {@code manual}, {@code api}, {@code image} or {@code rollback}
	 * @param user who, or the receiver of the event
	 * @param pushed the components that an event pushed
	 * @param facts further facts, such as {@code repository} and {@code tag}
	 */
	public record TriggerFacts(String type, String user, List<String> pushed, Map<String, String> facts) {
	}

	/**
	 * Where a stage stands.
	 *
	 * @param type such as {@code bake}
	 * @param message for what it waits, why it failed or was skipped
	 * @param waitUntil when a wait ends by itself
	 * @param outputs what it left for expressions
	 */
	public record StageDetail(String id, String type, Status status, @Nullable String message,
			@Nullable Instant waitUntil, Map<String, String> outputs, @Nullable Instant startedAt,
			@Nullable Instant endedAt) {
	}

	/**
	 * Where one cluster of a deploy stage stands.
	 *
	 * @param wave from 0
	 * @param group the components at hand, in words
	 * @param message why it waits or failed, what was and was not done
	 * @param bake the digest of the bake, once known, as are the following
	 * @param manifests the digest of this cluster's manifests
	 * @param objects how many objects the rollout has, 0 while that is not known
	 * @param healthy how many of them are what they should be
	 * @param away that it does not answer; null while it does
	 */
	public record ClusterRollout(String stageId, String cluster, int wave, Status status, @Nullable String group,
			@Nullable String message, @Nullable String namespace, @Nullable String release, @Nullable String bake,
			@Nullable String manifests, int objects, int healthy, @Nullable Instant startedAt,
			@Nullable Instant endedAt, @Nullable Away away) {
	}

	/**
	 * A cluster that does not answer.
	 *
	 * @param nextAttempt when it is tried again
	 * @param until until when it is tried at all; null where nothing ends that
	 * @param words what it said last instead
	 */
	public record Away(Instant since, Instant nextAttempt, @Nullable Instant until, String words) {
	}

	/**
	 * The rollouts of one stage, by wave and name.
	 */
	public List<ClusterRollout> clustersOf(String stageId) {
		return this.clusters.stream().filter((rollout) -> rollout.stageId().equals(stageId)).toList();
	}

}
