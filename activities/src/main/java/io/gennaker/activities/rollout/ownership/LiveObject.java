package io.gennaker.activities.rollout.ownership;

import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;

/**
 * An object that a cluster has.
 *
 * @param kind how the API server serves it
 * @param metadata the object, or {@code apiVersion}, {@code kind} and {@code metadata} of
 * it
 */
public record LiveObject(ApiKind kind, Manifest metadata) {

	/**
	 * Which object it is, whatever the version of its API.
	 */
	public Key key() {
		return new Key(this.kind.group(), this.kind.kind(), this.kind.namespaced() ? this.metadata.namespace() : "",
				this.metadata.name());
	}

	/**
	 * What makes an object the same one in another version of its API.
	 *
	 * @param group the API group, empty for the core group
	 * @param namespace empty for a cluster-wide object
	 */
	public record Key(String group, String kind, String namespace, String name) {

		/**
		 * The key of an object of a release.
		 */
		public static Key of(PlacedObject object) {
			return new Key(object.kind().group(), object.kind().kind(), object.namespace(), object.manifest().name());
		}

	}

}
