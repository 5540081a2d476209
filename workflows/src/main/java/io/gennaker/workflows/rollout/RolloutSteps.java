package io.gennaker.workflows.rollout;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.workflows.temporal.Words;
import org.jspecify.annotations.Nullable;

/**
 * How far a rollout has come, and the words for it.
 */
final class RolloutSteps {

	private List<RolloutPlan.Group> groups = List.of();

	private int done;

	private boolean applied;

	private int obsolete;

	private boolean prunes;

	private int deleted;

	private RolloutPlan.@Nullable Group atHand;

	void take(RolloutPlan plan) {
		this.groups = plan.groups();
		this.obsolete = plan.obsolete().size();
	}

	List<RolloutPlan.Group> groups() {
		return this.groups;
	}

	/**
	 * Goes on to a group; says what happens to it.
	 */
	String applies(RolloutPlan.Group group) {
		this.atHand = group;
		this.applied = false;
		return "applies " + objects(group);
	}

	String waitsForHealth(RolloutPlan.Group group) {
		this.applied = true;
		return "waits for " + objects(group) + " to become healthy";
	}

	void done() {
		this.done++;
		this.atHand = null;
	}

	/**
	 * Goes on to what the release no longer has; says what happens to it.
	 */
	String prunes() {
		this.prunes = true;
		return "deletes " + objects(this.obsolete) + " that the release no longer has";
	}

	void pruned(PruneResult result) {
		this.deleted = result.deleted();
	}

	/**
	 * The group at hand, in words; null before the first and after the last.
	 */
	@Nullable String title() {
		return (this.atHand != null) ? this.atHand.title() : null;
	}

	/**
	 * What is there after the last group.
	 */
	String summary() {
		String healthy = objects(this.groups.stream().mapToInt(RolloutPlan.Group::objects).sum()) + " healthy";
		return (this.deleted > 0) ? healthy + ", " + this.deleted + " deleted" : healthy;
	}

	/**
	 * Why it ended, and what was and was not done.
	 */
	String told(String why) {
		RolloutPlan.Group group = this.atHand;
		if (this.done == 0 && group == null) {
			return why + ". Nothing was changed";
		}
		List<String> parts = new ArrayList<>();
		if (this.prunes) {
			return why + ". Everything of the release is healthy; " + objects(this.obsolete)
					+ " that it no longer has deleted in part at most";
		}
		part(parts, "done", titles(0, this.done));
		if (group != null) {
			parts.add(this.applied ? group.title() + " applied, not yet healthy" : group.title() + " perhaps in part");
			part(parts, "untouched", titles(this.done + 1, this.groups.size()));
		}
		else {
			part(parts, "untouched", titles(this.done, this.groups.size()));
		}
		String place = (group != null) ? group.title() + ": " : "";
		return place + why + ". " + Words.sentence(String.join("; ", parts));
	}

	private List<String> titles(int from, int to) {
		return this.groups.subList(from, Math.max(from, to)).stream().map(RolloutPlan.Group::title).toList();
	}

	private static void part(List<String> parts, String label, List<String> titles) {
		if (!titles.isEmpty()) {
			parts.add(label + ": " + Words.of(titles));
		}
	}

	private static String objects(RolloutPlan.Group group) {
		return objects(group.objects());
	}

	private static String objects(int count) {
		return (count == 1) ? "1 object" : count + " objects";
	}

}
