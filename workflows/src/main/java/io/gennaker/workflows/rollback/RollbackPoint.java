package io.gennaker.workflows.rollback;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * What a place can go back to.
 *
 * @param earlier what ran there; null where nothing did
 */
public record RollbackPoint(@Nullable Earlier earlier) {

	/**
	 * A release that ran.
	 *
	 * @param execution the execution that left it, for people, such as
	 * {@code classroom #12}
	 * @param bake the digest of its bake
	 * @param manifests the digest of the cluster's manifests, which the store still holds
	 * @param artifacts the images that they carry, by component
	 */
	public record Earlier(String execution, String bake, String manifests, Map<String, BoundArtifact> artifacts) {

		public Earlier {
			artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
		}

	}

}
