package io.gennaker.activities.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.health.OwnHealth;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.DeclaredKinds;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.ExpressionContext.ArtifactValue;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.ObjectChoice;
import io.gennaker.workflows.operation.OperationRequest;
import io.gennaker.workflows.rollout.Occasion;
import io.gennaker.workflows.rollout.RolloutRequest;
import org.jspecify.annotations.Nullable;

/**
 * An operation in its cluster: who is asked, what its texts say there, which objects it
 * concerns, and how its progress is told and awaited.
 */
final class OperationScene {

	private final OperationRequest request;

	private final ApiServer server;

	private final ApiKinds kinds;

	private final Expressions expressions;

	private final ExpressionContext context;

	private final RolloutProgress progress;

	private final RolloutSettings settings;

	private final Clock clock;

	private final Heartbeat heartbeat;

	private final Instant deadline;

	OperationScene(OperationRequest request, ApiServer server, ApiKinds kinds, Expressions expressions,
			RolloutProgress progress, RolloutSettings settings, Clock clock, Heartbeat heartbeat) {
		this.request = request;
		this.server = server;
		this.kinds = kinds;
		this.expressions = expressions;
		this.progress = progress;
		this.settings = settings;
		this.clock = clock;
		this.heartbeat = heartbeat;
		this.deadline = new ClusterAttempt(request.timeout(), clock).deadline(heartbeat);
		Map<String, ArtifactValue> artifacts = new LinkedHashMap<>();
		request.artifacts()
			.forEach((name, bound) -> artifacts.put(name,
					new ArtifactValue(bound.image(), bound.tag(), bound.digest())));
		this.context = request.context().in(request.cluster(), artifacts);
	}

	OperationRequest request() {
		return this.request;
	}

	ApiServer server() {
		return this.server;
	}

	Expressions expressions() {
		return this.expressions;
	}

	ExpressionContext context() {
		return this.context;
	}

	RolloutSettings settings() {
		return this.settings;
	}

	Clock clock() {
		return this.clock;
	}

	Heartbeat heartbeat() {
		return this.heartbeat;
	}

	/** Until when it may take. */
	Instant deadline() {
		return this.deadline;
	}

	/** What names this very run, so that a repetition is known for one. */
	String run() {
		return this.request.executionId() + "/" + this.request.stageId();
	}

	/** A text with its expressions evaluated. */
	String text(String text) {
		return this.expressions.text(text, this.context);
	}

	/** A JSON tree with the expressions of its texts evaluated. */
	@Nullable Object tree(@Nullable Object tree) {
		return switch (tree) {
			case String text -> this.expressions.value(text, this.context);
			case Map<?, ?> map -> {
				Map<String, @Nullable Object> copy = new LinkedHashMap<>();
				map.forEach((key, value) -> copy.put(String.valueOf(key), tree(value)));
				yield copy;
			}
			case List<?> list -> {
				List<@Nullable Object> copy = new ArrayList<>();
				list.forEach((item) -> copy.add(tree(item)));
				yield copy;
			}
			case null, default -> tree;
		};
	}

	/** The target's namespace. */
	String namespace() {
		return text(this.request.namespace());
	}

	/**
	 * The one object that is chosen by its name, as far as that is known without asking.
	 */
	Manifest named(ObjectChoice choice) {
		String name = text((choice.name() != null) ? choice.name() : "");
		if (name.isBlank()) {
			throw new ManifestException("The name of the " + choice.kind() + " is empty here");
		}
		return identity(choice, name);
	}

	private Manifest identity(ObjectChoice choice, String name) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("name", name);
		metadata.put("namespace", namespace(choice));
		Manifest object = new Manifest(new LinkedHashMap<>(
				Map.of("apiVersion", choice.apiVersion(), "kind", choice.kind(), "metadata", metadata)));
		return kind(object).namespaced() ? object : object.without("metadata", "namespace");
	}

	private String namespace(ObjectChoice choice) {
		String own = choice.namespace();
		return (own != null) ? text(own) : namespace();
	}

	/** How the cluster serves an object's kind. */
	ApiKind kind(Manifest object) {
		return this.kinds.of(this.server, object, new DeclaredKinds(List.of()));
	}

	/** The live objects that are chosen; none where there are none. */
	List<Manifest> find(ObjectChoice choice) {
		if (choice.name() != null) {
			Manifest object = named(choice);
			return this.server.get(kind(object), object).map(Manifest::new).stream().toList();
		}
		ApiKind kind = kind(identity(choice, "any"));
		return this.server.list(kind, namespace(choice), selector(choice));
	}

	/**
	 * The live objects that are chosen.
	 * @throws ManifestException if there is none
	 */
	List<Manifest> require(ObjectChoice choice) {
		List<Manifest> found = find(choice);
		if (found.isEmpty()) {
			throw new ManifestException(missing(choice));
		}
		return found;
	}

	/** That there is no such object, in words. */
	String missing(ObjectChoice choice) {
		String what = (choice.name() != null) ? choice.kind() + " " + text(choice.name())
				: choice.kind() + " with " + selector(choice);
		return "There is no %s in namespace %s of cluster %s".formatted(what, namespace(choice),
				this.request.cluster().name());
	}

	private String selector(ObjectChoice choice) {
		return choice.selector()
			.entrySet()
			.stream()
			.map((label) -> label.getKey() + "=" + text(label.getValue()))
			.collect(Collectors.joining(","));
	}

	/** Objects in the order in which they are worked on, for people to watch. */
	List<PlacedObject> place(List<Manifest> objects, PlacedObject.Role role) {
		List<PlacedObject> placed = new ArrayList<>();
		for (Manifest object : objects) {
			placed.add(new PlacedObject(placed.size(), 0, object, kind(object), role, false));
		}
		this.progress.planned(rollout(),
				placed.stream().map((object) -> ProgressLog.describe(object, ObjectState.PENDING, "")).toList());
		return placed;
	}

	ProgressLog log() {
		return new ProgressLog(this.progress, rollout());
	}

	/** What the progress of its objects is told under. */
	private RolloutRequest rollout() {
		return new RolloutRequest(this.request.executionId(), this.request.stageId(), this.request.pipeline(),
				this.request.cluster(), "", "", "", "", List.of(), this.request.timeout());
	}

	/**
	 * Waits until objects are healthy, or until it is clear that one will not be.
	 */
	void awaitHealthy(List<PlacedObject> objects, SecretMask mask) {
		ReleaseLayout.Group group = new ReleaseLayout.Group(0, List.of(), null, objects);
		HookRemains none = new HookRemains(this.server, new ReleaseLayout(Occasion.UPGRADE, List.of(group)));
		new GroupHealth(this.server, group, none, this.deadline, mask, new OwnHealth(this.settings.health()),
				this.settings, this.clock, log(), this.heartbeat)
			.run();
	}

	/** Names of objects for people; of many, how many more. */
	static String titles(List<Manifest> objects) {
		String listed = objects.stream()
			.limit(5)
			.map((object) -> object.kind() + " " + object.name())
			.collect(Collectors.joining(", "));
		return (objects.size() > 5) ? listed + " and " + (objects.size() - 5) + " more" : listed;
	}

	/** A duration until the deadline, at least a millisecond. */
	Duration left() {
		Duration left = Duration.between(this.clock.instant(), this.deadline);
		return left.isPositive() ? left : Duration.ofMillis(1);
	}

}
