package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.gennaker.activities.rollout.manifest.ApiKind;
import org.jspecify.annotations.Nullable;

/**
 * Waits, by watching, until an object is as it should be.
 */
final class ObjectWait {

	private final ApiServer server;

	private final Duration patience;

	/**
	 * A wait of limited length.
	 * @param patience how long it may take
	 */
	ObjectWait(ApiServer server, Duration patience) {
		this.server = server;
		this.patience = patience;
	}

	/**
	 * Waits for a condition.
	 * @param condition is given null where the object is not there
	 * @param what what is waited for, in words
	 * @throws ApiOutage if it does not come to hold in time
	 */
	void until(ApiKind kind, String namespace, String name, Predicate<@Nullable GenericKubernetesResource> condition,
			String what) {
		if (!holds(kind, namespace, name, condition, what, this.patience)) {
			throw new ApiOutage(
					"Cluster %s: waited %d s for %s".formatted(this.server.cluster(), this.patience.toSeconds(), what),
					null, null);
		}
	}

	/**
	 * Waits until an object is gone, or another one of its name is there.
	 * @return whether it is, in time
	 */
	boolean isGone(ApiKind kind, String namespace, String name, String uid, Duration atMost) {
		return holds(kind, namespace, name,
				(live) -> live == null || (!uid.isEmpty() && !uid.equals(live.getMetadata().getUid())),
				kind.kind() + " " + name + " to be gone", atMost);
	}

	private boolean holds(ApiKind kind, String namespace, String name,
			Predicate<@Nullable GenericKubernetesResource> condition, String what, Duration atMost) {
		try {
			ClusterResources.of(this.server.client(), kind, namespace)
				.withName(name)
				.waitUntilCondition(condition, atMost.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (KubernetesClientTimeoutException ex) {
			return false;
		}
		catch (KubernetesClientException ex) {
			throw this.server.unreachable("wait for " + what, ex);
		}
	}

}
