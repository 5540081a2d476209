package io.gennaker.workflows.rollout;

import java.util.List;
import java.util.Objects;

/**
 * A rollout's groups in order. The first holds what belongs to no component; groups
 * without objects are left out. Without an order there is one group. Groups of the
 * chart's hooks stand before and after all others.
 *
 * @param groups in the order in which they are rolled out
 * @param occasion what the rollout is to the chart's hooks
 * @param obsolete what is deleted once every group is healthy, in this order
 */
public record RolloutPlan(List<Group> groups, Occasion occasion, List<ObsoleteObject> obsolete) {

	public RolloutPlan {
		groups = List.copyOf(groups);
		occasion = Objects.requireNonNullElse(occasion, Occasion.UPGRADE);
		obsolete = (obsolete != null) ? List.copyOf(obsolete) : List.of();
	}

	/**
	 * An upgrade after which nothing is deleted.
	 */
	public RolloutPlan(List<Group> groups) {
		this(groups, Occasion.UPGRADE, List.of());
	}

	/**
	 * Objects that are applied together and must all be healthy before the next group.
	 *
	 * @param index the group's place, from 0
	 * @param components the components it holds; empty for what belongs to none
	 * @param objects how many objects
	 * @param hooks which of the chart's hooks it holds, such as {@code pre-upgrade};
	 * empty for the release's own objects
	 */
	public record Group(int index, List<String> components, int objects, String hooks) {
		public Group {
			components = List.copyOf(components);
		}

		/**
		 * A group of the release's own objects.
		 */
		public Group(int index, List<String> components, int objects) {
			this(index, components, objects, "");
		}

		/**
		 * The group's name for people.
		 */
		public String title() {
			if (!this.hooks.isEmpty()) {
				return this.hooks + " hooks";
			}
			return this.components.isEmpty() ? "shared" : String.join(", ", this.components);
		}
	}

}
