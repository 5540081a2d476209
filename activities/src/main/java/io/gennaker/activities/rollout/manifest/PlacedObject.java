package io.gennaker.activities.rollout.manifest;

/**
 * An object in its place of a rollout, ready to be sent: in its namespace, with
 * Gennaker's annotations, without what the cluster decides itself.
 *
 * @param ordinal its place in the whole rollout, from 0
 * @param group its group's index
 * @param manifest what is applied
 * @param kind how the API server serves it
 * @param role what it is to the rollout
 * @param autoscaled whether an autoscaler of the release decides its replicas, which the
 * manifest then leaves out
 */
public record PlacedObject(int ordinal, int group, Manifest manifest, ApiKind kind, Role role, boolean autoscaled) {

	/**
	 * Its namespace; empty for cluster-wide objects.
	 */
	public String namespace() {
		return this.kind.namespaced() ? this.manifest.namespace() : "";
	}

	/**
	 * Kind, namespace and name for people, such as {@code Deployment classroom/api}.
	 */
	public String title() {
		return this.kind.kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + this.manifest.name();
	}

	/**
	 * What an object is to a rollout.
	 */
	public sealed interface Role {

		/**
		 * Part of the release.
		 */
		record Member() implements Role {
		}

		/**
		 * The release's namespace, which no manifest names: created where it is missing,
		 * else left as it is.
		 */
		record ReleaseNamespace() implements Role {
		}

		/**
		 * Run before or after the release.
		 *
		 * @param hook how
		 */
		record HookRun(Hook hook) implements Role {
		}

	}

}
