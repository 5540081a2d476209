package io.gennaker.activities.rollout;

import java.time.Instant;
import java.util.List;

import io.gennaker.workflows.rollout.RolloutRequest;
import org.jspecify.annotations.Nullable;

/**
 * Told how a rollout goes on, object by object, for people to watch. Every call is
 * idempotent.
 */
public interface RolloutProgress {

	/**
	 * All objects of a rollout, in the order in which they will be applied. Objects that
	 * are known already keep their state.
	 */
	void planned(RolloutRequest rollout, List<ObjectProgress> objects);

	/**
	 * One object's new state.
	 */
	void changed(RolloutRequest rollout, ObjectProgress object);

	/**
	 * The cluster does not answer, or not as it should; holds until something of an
	 * object is told that only a cluster that answers lets one know.
	 */
	void away(RolloutRequest rollout, Outage outage);

	/**
	 * A cluster that does not answer.
	 *
	 * @param words what it said instead, in words for people
	 * @param at when
	 * @param nextAttempt when it is tried again
	 * @param until until when it is tried at all; null where nothing ends that
	 */
	record Outage(String words, Instant at, Instant nextAttempt, @Nullable Instant until) {
	}

	/**
	 * Where one object stands.
	 *
	 * @param ordinal its place in the rollout, from 0
	 * @param group its group's index; -1 for what the release no longer has
	 * @param component its component, empty for none
	 * @param kind such as {@code Deployment}
	 * @param namespace empty for cluster-wide objects
	 * @param name the object's name
	 * @param state where it stands
	 * @param message in words for people, such as {@code 2 of 3 ready} or the server's
	 * own; may be empty
	 */
	record ObjectProgress(int ordinal, int group, String component, String kind, String namespace, String name,
			ObjectState state, String message) {
	}

	/**
	 * Where an object stands.
	 */
	enum ObjectState {

		/** It is still to be applied. */
		PENDING,
		/** The API server took it, and nothing changed. */
		UNCHANGED,
		/** The API server took it. */
		APPLIED,
		/** It is on its way to being healthy. */
		PROGRESSING,
		/** It is what it should be. */
		HEALTHY,
		/** It was refused, or will not become healthy. */
		FAILED,
		/** The release no longer has it, and it is gone. */
		DELETED

	}

}
