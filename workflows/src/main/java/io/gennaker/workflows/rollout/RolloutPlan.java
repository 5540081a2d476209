package io.gennaker.workflows.rollout;

import java.util.List;

/**
 * A rollout's groups in order. The first holds what belongs to no component; groups
 * without objects are left out. Without an order there is one group. Groups of the
 * chart's hooks stand before and after all others.
 */
public record RolloutPlan(List<Group> groups) {

	public RolloutPlan {
		groups = List.copyOf(groups);
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
