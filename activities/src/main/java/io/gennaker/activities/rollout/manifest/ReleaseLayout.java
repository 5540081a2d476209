package io.gennaker.activities.rollout.manifest;

import java.util.List;

import io.gennaker.workflows.rollout.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * A release's objects, divided into groups in the order in which they are rolled out. The
 * same manifests always give the same layout, whatever is in the cluster, so that a
 * rollout that was interrupted finds its place again.
 *
 * @param occasion which of the chart's hooks it holds
 * @param groups its groups in order
 */
public record ReleaseLayout(Occasion occasion, List<Group> groups) {

	public ReleaseLayout {
		groups = List.copyOf(groups);
	}

	/**
	 * All objects in order.
	 */
	public List<PlacedObject> objects() {
		return this.groups.stream().flatMap((group) -> group.objects().stream()).toList();
	}

	/**
	 * Objects that are applied together and must all be healthy before the next group.
	 *
	 * @param index the group's place, from 0
	 * @param components the components that it holds; empty for what belongs to none
	 * @param hooks which hooks it holds; null for objects of the release
	 * @param objects its objects in the order in which they are applied
	 */
	public record Group(int index, List<String> components, Hook.@Nullable Moment hooks, List<PlacedObject> objects) {
		public Group {
			components = List.copyOf(components);
			objects = List.copyOf(objects);
		}
	}

}
