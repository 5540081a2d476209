package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.GroupResult;

/**
 * Applies a group's objects, one after the other.
 */
final class GroupApplication {

	private static final int MAX_LISTED = 50;

	private final LoadedRelease release;

	private final ReleaseLayout.Group group;

	private final ObjectApplication objects;

	private final ProgressLog progress;

	private final Heartbeat heartbeat;

	private final Runnable fence;

	GroupApplication(LoadedRelease release, ReleaseLayout.Group group, ObjectApplication objects, ProgressLog progress,
			Heartbeat heartbeat, Runnable fence) {
		this.release = release;
		this.group = group;
		this.objects = objects;
		this.progress = progress;
		this.heartbeat = heartbeat;
		this.fence = fence;
	}

	/**
	 * Applies what an earlier attempt has not.
	 * @throws ApiRefusal if the API server refuses an object, saying what was and was not
	 * applied
	 * @throws StaleHolderException if another rollout holds the place meanwhile
	 */
	GroupResult run() {
		List<PlacedObject> members = this.group.objects();
		for (int i = this.heartbeat.latest().done(); i < members.size(); i++) {
			PlacedObject object = members.get(i);
			this.heartbeat.tell(this.heartbeat.latest().at(object.title()));
			this.fence.run();
			ObjectState state = apply(object);
			this.progress.tell(object, state, "");
			this.heartbeat.tell(this.heartbeat.latest().through(i + 1, state == ObjectState.APPLIED));
		}
		return new GroupResult(members.size(), this.heartbeat.latest().changed());
	}

	private ObjectState apply(PlacedObject object) {
		try {
			return this.objects.apply(object);
		}
		catch (ApiRefusal ex) {
			String words = this.release.mask().mask(ex.words());
			this.progress.tell(object, ObjectState.FAILED, words);
			throw new ApiRefusal(ex.code(), refusal(object, words));
		}
		catch (ManifestException ex) {
			String words = String.valueOf(ex.getMessage());
			this.progress.tell(object, ObjectState.FAILED, words);
			throw new ManifestException(refusal(object, words), ex);
		}
		catch (ApiOutage ex) {
			this.progress.tell(object, ObjectState.PENDING, String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

	private String refusal(PlacedObject refused, String words) {
		List<PlacedObject> applied = new ArrayList<>();
		List<PlacedObject> open = new ArrayList<>();
		for (PlacedObject object : this.release.layout().objects()) {
			(object.ordinal() < refused.ordinal() ? applied : open).add(object);
		}
		return "%s was refused: %s\nApplied (%d): %s\nNot applied (%d): %s".formatted(refused.title(), words,
				applied.size(), list(applied), open.size(), list(open));
	}

	private static String list(List<PlacedObject> objects) {
		if (objects.isEmpty()) {
			return "nothing";
		}
		String listed = objects.stream().limit(MAX_LISTED).map(PlacedObject::title).collect(Collectors.joining(", "));
		return (objects.size() > MAX_LISTED) ? listed + " and " + (objects.size() - MAX_LISTED) + " more" : listed;
	}

}
