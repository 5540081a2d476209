package io.gennaker.activities.rollout;

import java.util.List;

/**
 * What a comparison of a release with what is in its cluster found.
 *
 * @param state whether they are the same
 * @param objects those that are not as they were released, in the order of the release
 * @param digest the SHA-256 of what is different, the same as long as it is; empty where
 * nothing is
 * @param message why it could not be told, or what could not be compared; else empty
 */
public record DriftLook(State state, List<DriftedObject> objects, String digest, String message) {

	public DriftLook {
		objects = List.copyOf(objects);
	}

	/**
	 * A look that told nothing.
	 * @param why in words for people
	 */
	static DriftLook unknown(String why) {
		return new DriftLook(State.UNKNOWN, List.of(), "", why);
	}

	/**
	 * How a release and its cluster stand to each other.
	 */
	public enum State {

		/** All that was released is there, as it was released. */
		IN_SYNC,
		/** Some of it is another or gone. */
		DRIFTED,
		/** It cannot be told now. */
		UNKNOWN

	}

	/**
	 * How an object differs.
	 */
	public enum Difference {

		/** It is not there any more. */
		MISSING,
		/** Fields that the release sets have other values. */
		CHANGED,
		/** The API server would not let it become again what was released. */
		REFUSED

	}

	/**
	 * An object that is not as it was released.
	 *
	 * @param kind such as {@code Deployment}
	 * @param namespace empty for a cluster-wide object
	 * @param name the object's name
	 * @param component its component, empty for none
	 * @param difference how it differs
	 * @param fields the paths of the fields that differ, such as
	 * {@code spec.template.spec.containers[0].image}; the first of them where they are
	 * many
	 * @param diff from what is there to what was released, in unified format, without
	 * status, bookkeeping and secrets
	 * @param shortened whether the difference was too long to be given whole
	 * @param message the API server's own words, where it refuses the object; else empty
	 */
	public record DriftedObject(String kind, String namespace, String name, String component, Difference difference,
			List<String> fields, String diff, boolean shortened, String message) {

		public DriftedObject {
			fields = List.copyOf(fields);
		}

	}

}
