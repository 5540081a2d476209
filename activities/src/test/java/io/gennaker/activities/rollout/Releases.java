package io.gennaker.activities.rollout;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gennaker.activities.rollout.manifest.ManifestReader;

/**
 * Manifests for tests.
 */
final class Releases {

	private Releases() {
	}

	/**
	 * Twelve objects of four components, with an autoscaler for the proxy.
	 */
	static String classroom(String tag) {
		return Stream
			.of(shared("ConfigMap", "settings"), deployment("api", tag), service("api"),
					component("ConfigMap", "api-settings", "api"), deployment("proxy", tag), service("proxy"),
					autoscaler("proxy"), deployment("jobrunner", tag), cronJob("nightly", tag),
					statefulSet("registry-mirror", tag), service("registry-mirror"),
					component("ServiceAccount", "registry-mirror", "registry-mirror"))
			.collect(Collectors.joining("---\n"));
	}

	/**
	 * Manifests with the labels of a bake.
	 */
	static String marked(String manifests, String namespace, String pipeline) {
		KubernetesSerialization json = new KubernetesSerialization();
		return ManifestReader.read(manifests)
			.stream()
			.map((manifest) -> manifest.with("classroom", "metadata", "labels", "gennaker.io/release")
				.with(namespace, "metadata", "labels", "gennaker.io/release-namespace")
				.with(pipeline, "metadata", "labels", "gennaker.io/pipeline"))
			.map((manifest) -> json.asJson(manifest.content()))
			.collect(Collectors.joining("\n---\n"));
	}

	static String shared(String kind, String name) {
		return """
				apiVersion: v1
				kind: %s
				metadata: {name: %s}
				""".formatted(kind, name);
	}

	static String component(String kind, String name, String component) {
		return """
				apiVersion: v1
				kind: %s
				metadata: {name: %s, labels: {app.kubernetes.io/component: %s}}
				""".formatted(kind, name, component);
	}

	static String deployment(String name, String tag) {
		return """
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: %1$s, labels: {app.kubernetes.io/component: %1$s}}
				spec:
				  replicas: 2
				  selector: {matchLabels: {app: %1$s}}
				  template:
				    metadata: {labels: {app: %1$s}}
				    spec:
				      containers: [{name: %1$s, image: 'registry.example.com/classroom/%1$s:%2$s'}]
				""".formatted(name, tag);
	}

	static String statefulSet(String name, String tag) {
		return """
				apiVersion: apps/v1
				kind: StatefulSet
				metadata: {name: %1$s, labels: {app.kubernetes.io/component: %1$s}}
				spec:
				  serviceName: %1$s
				  selector: {matchLabels: {app: %1$s}}
				  template:
				    metadata: {labels: {app: %1$s}}
				    spec:
				      containers: [{name: %1$s, image: 'registry.example.com/infra/%1$s:%2$s'}]
				""".formatted(name, tag);
	}

	static String service(String name) {
		return """
				apiVersion: v1
				kind: Service
				metadata: {name: %1$s, labels: {app.kubernetes.io/component: %1$s}}
				spec: {selector: {app: %1$s}, ports: [{port: 80}]}
				""".formatted(name);
	}

	static String autoscaler(String name) {
		return """
				apiVersion: autoscaling/v2
				kind: HorizontalPodAutoscaler
				metadata: {name: %1$s, labels: {app.kubernetes.io/component: %1$s}}
				spec:
				  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
				  minReplicas: 2
				  maxReplicas: 5
				  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
				"""
			.formatted(name);
	}

	static String cronJob(String name, String tag) {
		return """
				apiVersion: batch/v1
				kind: CronJob
				metadata: {name: %1$s, labels: {app.kubernetes.io/component: jobrunner}}
				spec:
				  schedule: '0 3 * * *'
				  jobTemplate:
				    spec:
				      template:
				        spec:
				          restartPolicy: Never
				          containers: [{name: run, image: 'registry.example.com/classroom/jobrunner:%2$s'}]
				""".formatted(name, tag);
	}

	static String job(String name, String tag, String annotations) {
		return """
				apiVersion: batch/v1
				kind: Job
				metadata: {name: %1$s, annotations: {%3$s}}
				spec:
				  backoffLimit: 0
				  template:
				    spec:
				      restartPolicy: Never
				      containers: [{name: run, image: 'registry.example.com/classroom/jobrunner:%2$s'}]
				""".formatted(name, tag, annotations);
	}

}
