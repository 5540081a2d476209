package io.gennaker.activities.rollout;

import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.gennaker.activities.rollout.health.Revisions;
import io.gennaker.activities.rollout.manifest.ApiKind;

/**
 * Tells which pods are of a workload's newest revision. A Deployment's pods name a
 * ReplicaSet only, which is read once: its template never changes.
 */
final class NewestPods {

	private static final ApiKind REPLICA_SETS = new ApiKind("apps", "v1", "ReplicaSet", "replicasets", true);

	private final ApiServer server;

	private final Map<String, GenericKubernetesResource> replicaSets = new HashMap<>();

	NewestPods(ApiServer server) {
		this.server = server;
	}

	boolean contains(GenericKubernetesResource workload, Pod pod) {
		if (!workload.getKind().equals("Deployment")) {
			return Revisions.isNewest(workload, pod);
		}
		return Revisions.owner(pod, "ReplicaSet")
			.map((owner) -> isNewest(workload, pod.getMetadata().getNamespace(), owner))
			.orElse(false);
	}

	private boolean isNewest(GenericKubernetesResource deployment, String namespace, OwnerReference owner) {
		GenericKubernetesResource known = this.replicaSets.get(owner.getUid());
		if (known == null) {
			try {
				known = this.server.find(REPLICA_SETS, namespace, owner.getName()).orElse(null);
			}
			catch (ApiOutage ex) {
				return false; // asked again at the next change or heartbeat
			}
			if (known == null || !owner.getUid().equals(known.getMetadata().getUid())) {
				return false;
			}
			this.replicaSets.put(owner.getUid(), known);
		}
		boolean owned = known.getMetadata()
			.getOwnerReferences()
			.stream()
			.anyMatch((reference) -> deployment.getMetadata().getUid().equals(reference.getUid()));
		return owned && Revisions.isNewest(deployment, known);
	}

}
