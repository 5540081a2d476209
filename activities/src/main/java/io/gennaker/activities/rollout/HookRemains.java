package io.gennaker.activities.rollout;

import java.util.List;

import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;

/**
 * Deletes hooks' objects after their run, by their policies. As with Helm, those that
 * succeeded stay until the last hook of their point has run: a later one may need them.
 */
final class HookRemains {

	private final ApiServer server;

	private final ReleaseLayout layout;

	HookRemains(ApiServer server, ReleaseLayout layout) {
		this.server = server;
		this.layout = layout;
	}

	/**
	 * Whether nobody need wonder that an object is gone.
	 */
	static boolean isDeletedAfterSuccess(PlacedObject object) {
		return deletes(object, Hook.Deletion.SUCCEEDED);
	}

	/**
	 * After a group became healthy.
	 */
	void succeeded(ReleaseLayout.Group group) {
		List<ReleaseLayout.Group> groups = this.layout.groups();
		boolean more = group.index() + 1 < groups.size() && groups.get(group.index() + 1).hooks() == group.hooks();
		if (group.hooks() != null && !more) {
			deleteSucceeded(group, group.index());
		}
	}

	/**
	 * After one of a group's objects failed.
	 */
	void failed(ReleaseLayout.Group group, PlacedObject object) {
		if (group.hooks() == null) {
			return;
		}
		deleteSucceeded(group, group.index() - 1);
		if (deletes(object, Hook.Deletion.FAILED)) {
			this.server.delete(object.kind(), object.manifest());
		}
	}

	private void deleteSucceeded(ReleaseLayout.Group of, int last) {
		this.layout.groups()
			.stream()
			.filter((group) -> group.hooks() == of.hooks() && group.index() <= last)
			.flatMap((group) -> group.objects().stream())
			.filter(HookRemains::isDeletedAfterSuccess)
			.forEach((object) -> this.server.delete(object.kind(), object.manifest()));
	}

	private static boolean deletes(PlacedObject object, Hook.Deletion when) {
		return object.role() instanceof PlacedObject.Role.HookRun(Hook hook) && hook.deletion().contains(when);
	}

}
