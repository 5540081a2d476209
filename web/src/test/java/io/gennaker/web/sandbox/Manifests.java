package io.gennaker.web.sandbox;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Objects as a chart would render them.
 */
final class Manifests {

	private Manifests() {
	}

	static GenericKubernetesResource deployment(String name, String image, int replicas) {
		return workload("Deployment", name, image, "  replicas: " + replicas + "\n");
	}

	static GenericKubernetesResource statefulSet(String name, String image, int replicas) {
		return workload("StatefulSet", name, image, "  serviceName: " + name + "\n  replicas: " + replicas + "\n");
	}

	static GenericKubernetesResource daemonSet(String name, String image) {
		return workload("DaemonSet", name, image, "");
	}

	static GenericKubernetesResource job(String name, String image) {
		return parse("""
				apiVersion: batch/v1
				kind: Job
				metadata: {name: %s, namespace: classroom}
				spec:
				  backoffLimit: 1
				  template:
				    spec:
				      restartPolicy: Never
				      containers:
				      - {name: migrate, image: "%s"}
				""".formatted(name, image));
	}

	static GenericKubernetesResource configMap(String name, String key, String value) {
		return parse("""
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: %s, namespace: classroom}
				data: {"%s": "%s"}
				""".formatted(name, key, value));
	}

	static GenericKubernetesResource parse(String yaml) {
		return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
	}

	private static GenericKubernetesResource workload(String kind, String name, String image, String more) {
		return parse("""
				apiVersion: apps/v1
				kind: %1$s
				metadata: {name: %2$s, namespace: classroom, labels: {app: %2$s}}
				spec:
				%4$s  selector: {matchLabels: {app: %2$s}}
				  template:
				    metadata: {labels: {app: %2$s}}
				    spec:
				      containers:
				      - name: main
				        image: "%3$s"
				        ports: [{containerPort: 8080}]
				        env: [{name: LEVEL, value: info}]
				""".formatted(kind, name, image, more));
	}

}
