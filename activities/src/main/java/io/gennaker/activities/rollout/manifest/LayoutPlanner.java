package io.gennaker.activities.rollout.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gennaker.workflows.rollout.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * Divides a release into groups: hooks that run before; the shared objects, the release's
 * namespace first; the groups of components that the stage orders; the components that it
 * does not name; hooks that run after. Without an order, the objects' own order divides
 * the release; on the way back it is followed from its end. A hook that is run to its end
 * is the last of its group, because Helm runs hooks one after the other.
 */
public final class LayoutPlanner {

	private static final Set<String> RUN_TO_THE_END = Set.of("Job", "Pod");

	private static final Comparator<Manifest> HOOK_ORDER = Comparator
		.comparingInt((Manifest manifest) -> Hook.weight(manifest))
		.thenComparing(KindOrder.COMPARATOR)
		.thenComparing(Manifest::name);

	private final ReleaseIdentity release;

	private final Function<Manifest, ApiKind> kinds;

	private final List<Manifest> manifests;

	private final Occasion occasion;

	private final AutoscaledWorkloads autoscaled;

	private final List<ReleaseLayout.Group> groups = new ArrayList<>();

	private int ordinal;

	private LayoutPlanner(List<Manifest> manifests, ReleaseIdentity release, Occasion occasion,
			Function<Manifest, ApiKind> kinds) {
		this.manifests = named(manifests, release);
		this.occasion = occasion;
		this.release = release;
		this.kinds = kinds;
		this.autoscaled = new AutoscaledWorkloads(this.manifests, release.namespace());
	}

	/**
	 * The layout of a release.
	 * @param manifests the release's objects
	 * @param release whose they are
	 * @param order groups of components, one after the other; empty for all at once
	 * @param occasion which hooks run; on the way back {@code order} is reversed already
	 * @param kinds how the API server serves an object's kind
	 * @throws ManifestException if the order names a component that no object belongs to,
	 * or a hook cannot be followed
	 */
	public static ReleaseLayout plan(List<Manifest> manifests, ReleaseIdentity release, List<List<String>> order,
			Occasion occasion, Function<Manifest, ApiKind> kinds) {
		return new LayoutPlanner(manifests, release, occasion, kinds).plan(order);
	}

	private ReleaseLayout plan(List<List<String>> order) {
		Map<Boolean, List<Manifest>> byHook = this.manifests.stream().collect(Collectors.partitioningBy(Hook::marks));
		List<Manifest> members = byHook.getOrDefault(false, List.of());
		List<Manifest> hooks = byHook.getOrDefault(true, List.of());
		checkOrder(members, order);
		addHooks(hooks, Hook.Moment.BEFORE);
		addMembers(members, order);
		addHooks(hooks, Hook.Moment.AFTER);
		return new ReleaseLayout(this.occasion, this.groups);
	}

	private void checkOrder(List<Manifest> members, List<List<String>> order) {
		Set<String> components = new TreeSet<>();
		members.stream().map(Manifest::component).filter((name) -> !name.isEmpty()).forEach(components::add);
		List<String> unknown = order.stream()
			.flatMap(List::stream)
			.filter((name) -> !components.contains(name))
			.toList();
		if (!unknown.isEmpty()) {
			throw new ManifestException(
					"The stage orders " + String.join(", ", unknown) + ", but no object of the release belongs to it. "
							+ (components.isEmpty() ? "No object names a component"
									: "The components are " + String.join(", ", components))
							+ ": label the objects app.kubernetes.io/component, or correct the order");
		}
	}

	private void addMembers(List<Manifest> members, List<List<String>> order) {
		if (order.isEmpty()) {
			addByOwnOrder(members);
			return;
		}
		addGroup(List.of(), null, of(members, ""::equals));
		Set<String> ordered = order.stream().flatMap(List::stream).collect(Collectors.toSet());
		for (List<String> components : order) {
			addGroup(components, null, of(members, components::contains));
		}
		List<Manifest> others = of(members, (component) -> !component.isEmpty() && !ordered.contains(component));
		addGroup(components(others), null, others);
	}

	private void addByOwnOrder(List<Manifest> members) {
		NavigableMap<Integer, List<Manifest>> groups = ComponentOrder.byOwnOrder(members);
		if (groups.isEmpty()) {
			addGroup(List.of(), null, List.of());
		}
		for (List<Manifest> group : ((this.occasion == Occasion.ROLLBACK) ? groups.descendingMap() : groups).values()) {
			addGroup(components(group), null, of(group, (component) -> true));
		}
	}

	/**
	 * Objects that ask for a name get one that an attempt which is repeated gives again:
	 * it follows from the execution and the object.
	 */
	private static List<Manifest> named(List<Manifest> manifests, ReleaseIdentity release) {
		List<Manifest> named = new ArrayList<>();
		for (Manifest manifest : manifests) {
			named.add(manifest.name().isEmpty() ? release.name(manifest, named.size()) : manifest);
		}
		return named;
	}

	private static List<String> components(List<Manifest> members) {
		return members.stream()
			.map(Manifest::component)
			.filter((component) -> !component.isEmpty())
			.distinct()
			.sorted()
			.toList();
	}

	private static List<Manifest> of(List<Manifest> members, java.util.function.Predicate<String> components) {
		return members.stream()
			.filter((manifest) -> components.test(manifest.component()))
			.sorted(KindOrder.COMPARATOR)
			.toList();
	}

	private void addHooks(List<Manifest> hooks, Hook.Moment moment) {
		List<Manifest> step = new ArrayList<>();
		List<Manifest> sorted = hooks.stream()
			.filter((manifest) -> hook(manifest, moment) != null)
			.sorted(HOOK_ORDER)
			.toList();
		for (Manifest manifest : sorted) {
			step.add(manifest);
			if (RUN_TO_THE_END.contains(manifest.kind())) {
				addGroup(List.of(), moment, step);
				step = new ArrayList<>();
			}
		}
		addGroup(List.of(), moment, step);
	}

	private @Nullable Hook hook(Manifest manifest, Hook.Moment moment) {
		return Hook.of(manifest, this.occasion)
			.stream()
			.filter((hook) -> hook.moment() == moment)
			.findFirst()
			.orElse(null);
	}

	private void addGroup(List<String> components, Hook.@Nullable Moment hooks, List<Manifest> members) {
		int index = this.groups.size();
		List<PlacedObject> objects = new ArrayList<>();
		if (index == 0 && !namesItsNamespace() && (!members.isEmpty() || hooks == null)) {
			objects.add(releaseNamespace());
		}
		for (Manifest manifest : members) {
			Hook hook = (hooks != null) ? hook(manifest, hooks) : null;
			objects.add(place(manifest, index,
					(hook != null) ? new PlacedObject.Role.HookRun(hook) : new PlacedObject.Role.Member()));
		}
		if (!objects.isEmpty()) {
			this.groups.add(new ReleaseLayout.Group(index, components, hooks, objects));
		}
	}

	private boolean namesItsNamespace() {
		return this.manifests.stream()
			.anyMatch((manifest) -> manifest.kind().equals("Namespace")
					&& manifest.name().equals(this.release.namespace()));
	}

	private PlacedObject releaseNamespace() {
		Manifest namespace = new Manifest(
				Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", this.release.namespace())));
		return new PlacedObject(this.ordinal++, 0, namespace, this.kinds.apply(namespace),
				new PlacedObject.Role.ReleaseNamespace(), false);
	}

	private PlacedObject place(Manifest manifest, int group, PlacedObject.Role role) {
		ApiKind kind = this.kinds.apply(manifest);
		Manifest ready = this.release.stamp(manifest).without("status");
		if (role instanceof PlacedObject.Role.HookRun(Hook hook)) {
			ready = this.release.stampHook(ready, hook);
		}
		for (String field : List.of("creationTimestamp", "managedFields", "resourceVersion", "uid", "generation",
				"selfLink")) {
			ready = ready.without("metadata", field);
		}
		if (!kind.namespaced()) {
			ready = ready.without("metadata", "namespace");
		}
		else if (manifest.namespace().isEmpty()) {
			ready = ready.with(this.release.namespace(), "metadata", "namespace");
		}
		boolean scaled = this.autoscaled.contains(manifest, this.release.namespace());
		return new PlacedObject(this.ordinal++, group, scaled ? ready.without("spec", "replicas") : ready, kind, role,
				scaled);
	}

}
