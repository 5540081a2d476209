package io.gennaker.activities.rollout.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The workloads whose replicas an autoscaler of the same release decides: by a
 * HorizontalPodAutoscaler or a ScaledObject of KEDA.
 */
final class AutoscaledWorkloads {

	private final Set<List<String>> targets = new HashSet<>();

	AutoscaledWorkloads(List<Manifest> manifests, String releaseNamespace) {
		for (Manifest manifest : manifests) {
			if (manifest.kind().equals("HorizontalPodAutoscaler") || manifest.kind().equals("ScaledObject")) {
				String kind = manifest.text("spec", "scaleTargetRef", "kind");
				this.targets.add(key(kind.isEmpty() ? "Deployment" : kind, manifest.namespace(), releaseNamespace,
						manifest.text("spec", "scaleTargetRef", "name")));
			}
		}
	}

	boolean contains(Manifest workload, String releaseNamespace) {
		return this.targets.contains(key(workload.kind(), workload.namespace(), releaseNamespace, workload.name()));
	}

	private static List<String> key(String kind, String namespace, String releaseNamespace, String name) {
		return List.of(kind, namespace.isEmpty() ? releaseNamespace : namespace, name);
	}

}
