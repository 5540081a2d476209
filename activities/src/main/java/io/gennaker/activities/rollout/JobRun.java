package io.gennaker.activities.rollout;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.temporal.client.ActivityCanceledException;
import io.gennaker.workflows.rollout.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Job to its end and keeps its log. It is created once, however often the worker
 * is lost; when the stage is canceled or its time is up, it is taken away.
 */
final class JobRun {

	private static final ApiKind SECRETS = new ApiKind("", "v1", "Secret", "secrets", true);

	/** A Job is what must end, like a chart's hook that nobody deletes. */
	private static final PlacedObject.Role TO_ITS_END = new PlacedObject.Role.HookRun(
			new Hook(Hook.Moment.BEFORE, Occasion.UPGRADE, 0, Set.of()));

	private final OperationScene scene;

	private final JobManifest job;

	private final JobLogs logs;

	JobRun(OperationScene scene, JobManifest job, JobLogs logs) {
		this.scene = scene;
		this.job = job;
		this.logs = logs;
	}

	String run() {
		Manifest manifest = this.job.build();
		PlacedObject placed = this.scene.place(List.of(manifest), TO_ITS_END).getFirst();
		Optional<SecretMask> mask = mask(manifest);
		create(placed);
		try {
			this.scene.awaitHealthy(List.of(placed), mask.orElseGet(() -> new SecretMask(List.of())));
		}
		catch (UnhealthyException ex) {
			keep(placed, mask);
			stop(placed);
			throw ex;
		}
		catch (ActivityCanceledException ex) {
			keep(placed, mask);
			this.scene.server().delete(placed.kind(), placed.manifest());
			throw ex;
		}
		keep(placed, mask);
		return "job " + manifest.name() + " succeeded";
	}

	private void create(PlacedObject job) {
		Heartbeat heartbeat = this.scene.heartbeat();
		boolean there = this.scene.server().get(job.kind(), job.manifest()).isPresent();
		if (!there && heartbeat.latest().changed() > 0) {
			String words = "was started by an earlier attempt and is gone: whether it ended well is unknown";
			this.scene.log().tell(job, ObjectState.FAILED, words);
			throw new UnhealthyException(job.title() + " " + words);
		}
		if (!there) {
			this.scene.server().apply(job.kind(), job.manifest());
			this.scene.log().tell(job, ObjectState.APPLIED, "");
		}
		if (heartbeat.latest().changed() == 0) {
			heartbeat.tell(heartbeat.latest().through(0, true));
		}
	}

	/** One that has not ended by itself would go on without anybody waiting for it. */
	private void stop(PlacedObject job) {
		boolean failed = this.scene.server()
			.get(job.kind(), job.manifest())
			.map((live) -> new Manifest(live).maps("status", "conditions"))
			.orElse(List.of())
			.stream()
			.anyMatch(
					(condition) -> condition.text("type").equals("Failed") && condition.text("status").equals("True"));
		if (!failed) {
			this.scene.server().delete(job.kind(), job.manifest());
		}
	}

	/**
	 * The log is worth less than the Job's end, which must not be lost for it.
	 */
	private void keep(PlacedObject job, Optional<SecretMask> mask) {
		String text;
		try {
			text = mask.map((secrets) -> secrets.mask(new JobLog(this.scene.server(), job).read()))
				.orElse("The log is not shown: Gennaker may not read the Secrets that the Job uses, so could not mask them");
		}
		catch (ApiRefusal | ApiOutage ex) {
			text = "The log could not be read: " + ex.getMessage();
		}
		int excess = text.length() - JobLogs.MOST_CHARACTERS;
		this.logs.keep(this.scene.request().executionId(), this.scene.request().stageId(),
				this.scene.request().cluster().name(), (excess > 0) ? text.substring(excess) : text);
	}

	/**
	 * What must not be shown: the content of the Secrets that its pods use. Empty where
	 * that cannot be read.
	 */
	private Optional<SecretMask> mask(Manifest manifest) {
		Set<String> names = new LinkedHashSet<>();
		collect(manifest.at("spec", "template", "spec"), names);
		try {
			return Optional.of(new SecretMask(
					names.stream().flatMap((name) -> secret(manifest.namespace(), name).stream()).toList()));
		}
		catch (ApiRefusal ex) {
			return Optional.empty();
		}
	}

	private Optional<Manifest> secret(String namespace, String name) {
		return this.scene.server()
			.get("read Secret " + name, SECRETS.path(namespace) + "/" + name, Map.of())
			.map((body) -> new Manifest(this.scene.server().map(body)).with("Secret", "kind"));
	}

	/** Secrets are named as secretKeyRef, secretRef, secret or secretName. */
	private static void collect(@Nullable Object tree, Set<String> names) {
		if (tree instanceof List<?> list) {
			list.forEach((item) -> collect(item, names));
		}
		else if (tree instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				boolean secret = Set.of("secretKeyRef", "secretRef", "secret").contains(String.valueOf(key));
				if (secret && value instanceof Map<?, ?> reference) {
					Object name = reference.containsKey("name") ? reference.get("name") : reference.get("secretName");
					names.add(String.valueOf(name));
				}
				collect(value, names);
			});
		}
	}

}
