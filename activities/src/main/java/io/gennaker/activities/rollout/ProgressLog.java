package io.gennaker.activities.rollout;

import java.util.HashMap;
import java.util.Map;

import io.gennaker.activities.rollout.RolloutProgress.ObjectProgress;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.workflows.rollout.ObsoleteObject;
import io.gennaker.workflows.rollout.RolloutRequest;

/**
 * Passes on what changed of a rollout's objects, and only that.
 */
final class ProgressLog {

	private static final int MAX_MESSAGE = 2000;

	private final RolloutProgress progress;

	private final RolloutRequest rollout;

	private final Map<Integer, ObjectProgress> told = new HashMap<>();

	ProgressLog(RolloutProgress progress, RolloutRequest rollout) {
		this.progress = progress;
		this.rollout = rollout;
	}

	void tell(PlacedObject object, ObjectState state, String message) {
		ObjectProgress now = describe(object, state, message);
		if (!now.equals(this.told.put(object.ordinal(), now))) {
			this.progress.changed(this.rollout, now);
		}
	}

	void tell(ObsoleteObject object, ObjectState state, String message) {
		ObjectProgress now = describe(object, state, message);
		if (!now.equals(this.told.put(object.ordinal(), now))) {
			this.progress.changed(this.rollout, now);
		}
	}

	static ObjectProgress describe(ObsoleteObject object, ObjectState state, String message) {
		return new ObjectProgress(object.ordinal(), -1, object.component(), object.kind(), object.namespace(),
				object.name(), state, bounded(message));
	}

	private static String bounded(String message) {
		return (message.length() > MAX_MESSAGE) ? message.substring(0, MAX_MESSAGE) + " …" : message;
	}

	static ObjectProgress describe(PlacedObject object, ObjectState state, String message) {
		return new ObjectProgress(object.ordinal(), object.group(), object.manifest().component(), object.kind().kind(),
				object.namespace(), object.manifest().name(), state, bounded(message));
	}

}
