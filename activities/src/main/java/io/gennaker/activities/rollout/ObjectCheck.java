package io.gennaker.activities.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.model.ClusterOperation;

/**
 * Waits for a condition on an object, by a watch.
 */
final class ObjectCheck {

	/** After which a watch without news is doubted. */
	private static final Duration SILENCE = Duration.ofSeconds(20);

	private final OperationScene scene;

	private final ClusterOperation.Check check;

	private final Semaphore news = new Semaphore(0);

	private String last = "";

	ObjectCheck(OperationScene scene, ClusterOperation.Check check) {
		this.scene = scene;
		this.check = check;
	}

	String run() {
		Manifest object = this.scene.named(this.check.object());
		PlacedObject placed = this.scene.place(List.of(object), new PlacedObject.Role.Member()).getFirst();
		ProgressLog log = this.scene.log();
		Instant end = end();
		this.scene.heartbeat().onCancel(this.news::release);
		if (!holds(this.scene.server().get(placed.kind(), object)) && !awaits(placed, end, log)) {
			log.tell(placed, ObjectState.FAILED, this.last);
			Duration waited = this.check.within();
			throw new CheckFailedException("%s: '%s' does not hold%s: %s".formatted(placed.title(), this.check.that(),
					waited.isZero() ? "" : " after " + waited.toSeconds() + " s", this.last));
		}
		log.tell(placed, ObjectState.HEALTHY, "");
		return placed.title() + ": '" + this.check.that() + "' holds";
	}

	private Instant end() {
		Instant own = Instant.ofEpochMilli(this.scene.heartbeat().latest().startedAt()).plus(this.check.within());
		return own.isBefore(this.scene.deadline()) ? own : this.scene.deadline();
	}

	private boolean awaits(PlacedObject placed, Instant end, ProgressLog log) {
		if (!this.scene.clock().instant().isBefore(end)) {
			return false;
		}
		try (GroupWatch watch = new GroupWatch(this.scene.server(), Map.of(placed, bare(placed)), this.news::release)) {
			Instant heard = this.scene.clock().instant();
			while (true) {
				log.tell(placed, ObjectState.PROGRESSING, this.last);
				this.scene.heartbeat().tell(this.scene.heartbeat().latest().at(placed.title()));
				boolean told = hear(end);
				Instant now = this.scene.clock().instant();
				boolean over = !now.isBefore(end);
				boolean doubted = over || !now.isBefore(heard.plus(SILENCE));
				if (told || doubted) {
					heard = now;
				}
				checkWatch(watch);
				if ((told && watch.knows(placed) && holds(watch.object(placed).map(this.scene.server()::tree)))
						|| (doubted && holds(this.scene.server().get(placed.kind(), placed.manifest())))) {
					return true;
				}
				if (over) {
					return false;
				}
			}
		}
	}

	/** The state to begin a watch with, of which nothing but the object is watched. */
	private static GenericKubernetesResource bare(PlacedObject placed) {
		GenericKubernetesResource bare = new GenericKubernetesResource();
		bare.setKind(placed.kind().kind().equals("Pod") ? "" : placed.kind().kind());
		return bare;
	}

	private void checkWatch(GroupWatch watch) {
		Optional<KubernetesClientException> refusal = watch.refusal();
		if (refusal.isPresent()) {
			if (refusal.get().getCode() == 401) {
				throw this.scene.server().unreachable("watch", refusal.get());
			}
			throw new ApiRefusal(refusal.get().getCode(),
					"Cluster " + this.scene.server().cluster() + " does not let Gennaker watch the object: "
							+ refusal.get().getMessage() + ". Grant list and watch");
		}
	}

	private boolean hear(Instant end) {
		Instant now = this.scene.clock().instant();
		Instant until = now.plus(this.scene.settings().heartbeat());
		until = end.isBefore(until) ? end : until;
		try {
			boolean told = this.news.tryAcquire(Math.max(1, Duration.between(now, until).toMillis()),
					TimeUnit.MILLISECONDS);
			this.news.drainPermits();
			return told;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ApiOutage("The worker is shutting down; another one goes on watching", null, ex);
		}
	}

	private boolean holds(Optional<Map<String, Object>> live) {
		if (live.isEmpty()) {
			this.last = this.scene.missing(this.check.object());
			return false;
		}
		try {
			boolean holds = this.scene.expressions()
				.condition(this.check.that(), this.scene.context(), Map.of("object", live.get()));
			this.last = readings(live.get());
			return holds;
		}
		catch (ExpressionException ex) {
			this.last = "it cannot be evaluated: " + ex.getMessage() + ". Where a field may be missing, ask has() first"
					+ (readings(live.get()).isEmpty() ? "" : "; " + readings(live.get()));
			return false;
		}
	}

	/** What the object was like; a Secret's content stays unsaid. */
	private String readings(Map<String, Object> live) {
		if (this.check.object().kind().equals("Secret")) {
			return "";
		}
		Map<String, String> readings = new LinkedHashMap<>(
				this.scene.expressions().readings(this.check.that(), "object", live));
		return readings.entrySet()
			.stream()
			.map((reading) -> reading.getKey() + " is " + reading.getValue())
			.collect(Collectors.joining(", "));
	}

}
