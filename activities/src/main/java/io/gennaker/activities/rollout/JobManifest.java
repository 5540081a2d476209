package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterOperation.JobSource;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.operation.OperationRequest;

/**
 * The Job of a stage: one for each execution and cluster, by a name that a repetition
 * finds again.
 */
final class JobManifest {

	private static final int LONGEST_STAGE = 40;

	private final OperationScene scene;

	private final ClusterOperation.RunJob job;

	private final Function<String, PipelineFiles> revisions;

	JobManifest(OperationScene scene, ClusterOperation.RunJob job, Function<String, PipelineFiles> revisions) {
		this.scene = scene;
		this.job = job;
		this.revisions = revisions;
	}

	/**
	 * Its name: the stage's, as far as there is room, and what tells it from those of
	 * other executions.
	 */
	String name() {
		String stage = this.scene.request().stageId();
		String begin = (stage.length() > LONGEST_STAGE) ? stage.substring(0, LONGEST_STAGE).replaceAll("-+$", "")
				: stage;
		return begin + "-" + hex(this.scene.run());
	}

	private static String hex(String text) {
		return Sha256.hex(Sha256.of(text)).substring(0, 10);
	}

	/**
	 * The manifest, ready to be applied.
	 * @throws ManifestException if its file is no Job, or its image is not bound
	 */
	Manifest build() {
		Manifest source = switch (this.job.source()) {
			case JobSource.Container container -> of(container);
			case JobSource.File(String path) -> of(path);
		};
		OperationRequest request = this.scene.request();
		return source.with(name(), "metadata", "name")
			.with(this.scene.namespace(), "metadata", "namespace")
			.with("gennaker", "metadata", "labels", "app.kubernetes.io/managed-by")
			.with(request.pipeline(), "metadata", "annotations", ReleaseIdentity.PIPELINE)
			.with(request.executionId(), "metadata", "annotations", ReleaseIdentity.EXECUTION)
			.with(this.job.ttl().toSeconds(), "spec", "ttlSecondsAfterFinished")
			.with(Math.max(1, request.timeout().toSeconds()), "spec", "activeDeadlineSeconds");
	}

	private Manifest of(JobSource.Container source) {
		Map<String, Object> container = new LinkedHashMap<>();
		container.put("name", "job");
		container.put("image", image(source));
		if (!source.command().isEmpty()) {
			container.put("command", texts(source.command()));
		}
		if (!source.args().isEmpty()) {
			container.put("args", texts(source.args()));
		}
		List<Object> env = new ArrayList<>();
		source.env().forEach((name, value) -> env.add(Map.of("name", name, "value", this.scene.text(value))));
		if (!env.isEmpty()) {
			container.put("env", env);
		}
		Map<String, Object> pod = new LinkedHashMap<>();
		pod.put("restartPolicy", "Never");
		if (source.serviceAccount() != null) {
			pod.put("serviceAccountName", this.scene.text(source.serviceAccount()));
		}
		pod.put("containers", List.of(container));
		return new Manifest(Map.of("apiVersion", "batch/v1", "kind", "Job", "metadata", Map.of(), "spec",
				Map.of("backoffLimit", this.job.retries(), "template", Map.of("spec", pod))));
	}

	private List<String> texts(List<String> texts) {
		return texts.stream().map(this.scene::text).toList();
	}

	private String image(JobSource.Container source) {
		if (source.image() != null) {
			return this.scene.text(source.image());
		}
		BoundArtifact bound = this.scene.request().artifacts().get(String.valueOf(source.artifact()));
		if (bound == null) {
			throw new ManifestException("Artifact " + source.artifact() + " is not bound in cluster "
					+ this.scene.request().cluster().name()
					+ ": choose an image for it at the start, or give it a default");
		}
		return bound.reference();
	}

	private Manifest of(String path) {
		String text = this.revisions.apply(this.scene.request().revisionId()).text(path);
		if (text == null) {
			throw new ManifestException("The revision has no file " + path);
		}
		List<Manifest> read = ManifestReader.read(text);
		if (read.size() != 1 || !read.getFirst().kind().equals("Job") || !read.getFirst().group().equals("batch")) {
			throw new ManifestException(path + " must hold the manifest of one Job of batch/v1");
		}
		Manifest job = read.getFirst().without("status");
		return bound(bound(job, "containers"), "initContainers");
	}

	/** The images of artifacts become those that are bound. */
	private Manifest bound(Manifest job, String key) {
		List<Manifest> containers = job.maps("spec", "template", "spec", key);
		if (containers.isEmpty()) {
			return job;
		}
		List<Object> bound = new ArrayList<>();
		containers.forEach((container) -> bound.add(bound(container).content()));
		return job.with(bound, "spec", "template", "spec", key);
	}

	private Manifest bound(Manifest container) {
		String image = container.text("image");
		if (image.isEmpty()) {
			return container;
		}
		String repository = ImageName.parse(image).repository();
		for (BoundArtifact artifact : this.scene.request().artifacts().values()) {
			if (ImageName.parse(artifact.image()).repository().equals(repository)) {
				return container.with(artifact.reference(), "image");
			}
		}
		return container;
	}

}
