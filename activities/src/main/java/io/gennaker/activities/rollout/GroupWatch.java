package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import org.jspecify.annotations.Nullable;

/**
 * Watches a group's objects, the pods of its workloads and the events that say why pods
 * cannot be created. Watches that break are taken up again, with a new list where needed.
 */
final class GroupWatch implements AutoCloseable {

	private final ApiServer server;

	private final Runnable onChange;

	private final Map<PlacedObject, SharedIndexInformer<GenericKubernetesResource>> objects = new HashMap<>();

	private final Map<PlacedObject, SharedIndexInformer<Pod>> pods = new HashMap<>();

	private final List<SharedIndexInformer<Event>> failures = new ArrayList<>();

	private final List<SharedIndexInformer<?>> all = new ArrayList<>();

	private volatile @Nullable Throwable lastFailure;

	private volatile @Nullable KubernetesClientException refusal;

	/**
	 * Starts watching.
	 * @param watched the objects, with their state as it was read last
	 * @param onChange called, on any thread, after each change
	 */
	GroupWatch(ApiServer server, Map<PlacedObject, GenericKubernetesResource> watched, Runnable onChange) {
		this.server = server;
		this.onChange = onChange;
		watchObjects(watched.keySet());
		Set<String> namespaces = new HashSet<>();
		watched.forEach((object, state) -> {
			if (watchPods(object, state)) {
				namespaces.add(object.namespace());
			}
		});
		namespaces.forEach(this::watchFailures);
	}

	/**
	 * An object as the watch knows it; empty while it does not, or where there is none.
	 */
	Optional<GenericKubernetesResource> object(PlacedObject object) {
		SharedIndexInformer<GenericKubernetesResource> informer = this.objects.get(object);
		if (informer == null) {
			return Optional.empty();
		}
		return informer.getStore()
			.list()
			.stream()
			.filter((item) -> object.manifest().name().equals(item.getMetadata().getName()))
			.findFirst();
	}

	/**
	 * Whether the watch has seen which objects there are.
	 */
	boolean knows(PlacedObject object) {
		SharedIndexInformer<GenericKubernetesResource> informer = this.objects.get(object);
		return informer != null && informer.hasSynced();
	}

	/**
	 * The pods that a workload's selector selects.
	 */
	List<Pod> pods(PlacedObject object) {
		SharedIndexInformer<Pod> informer = this.pods.get(object);
		return (informer != null) ? informer.getStore().list() : List.of();
	}

	/**
	 * What events last said of pods that could not be created for an object.
	 * @param uid the object's
	 */
	Optional<Event> failedCreate(String uid) {
		return this.failures.stream()
			.flatMap((informer) -> informer.getStore().list().stream())
			.filter((event) -> event.getInvolvedObject() != null && uid.equals(event.getInvolvedObject().getUid()))
			.max(Comparator.comparing(GroupWatch::time));
	}

	/**
	 * When an event happened last, in the server's own form, which sorts.
	 */
	static String time(Event event) {
		String time = (event.getLastTimestamp() != null) ? event.getLastTimestamp()
				: event.getMetadata().getCreationTimestamp();
		return (time != null) ? time : "";
	}

	/**
	 * Why nothing is heard from the cluster; empty while something is.
	 */
	Optional<String> silence() {
		Throwable failure = this.lastFailure;
		boolean quiet = this.all.stream().anyMatch((informer) -> !informer.isWatching());
		return (quiet && failure != null) ? Optional.ofNullable(this.server.unreachable("watch", failure).getMessage())
				: Optional.empty();
	}

	/**
	 * An answer by which the cluster forbids to watch.
	 */
	Optional<KubernetesClientException> refusal() {
		return Optional.ofNullable(this.refusal);
	}

	@Override
	public void close() {
		this.all.forEach(SharedIndexInformer::stop);
	}

	private void watchObjects(Set<PlacedObject> watched) {
		Map<Place, List<PlacedObject>> byPlace = new LinkedHashMap<>();
		for (PlacedObject object : watched) {
			byPlace.computeIfAbsent(new Place(object.kind(), object.namespace()), (place) -> new ArrayList<>())
				.add(object);
		}
		byPlace.forEach((place, members) -> {
			var all = ClusterResources.of(this.server.client(), place.kind(), place.namespace());
			// one object is watched by its name, several by one watch over their kind
			SharedIndexInformer<GenericKubernetesResource> informer = (members.size() > 1) ? start(all)
					: start(all.withField("metadata.name", members.getFirst().manifest().name()));
			members.forEach((member) -> this.objects.put(member, informer));
		});
	}

	private boolean watchPods(PlacedObject object, GenericKubernetesResource state) {
		if (state.getKind().equals("Pod")) {
			this.pods.put(object,
					start(this.server.client()
						.pods()
						.inNamespace(object.namespace())
						.withField("metadata.name", object.manifest().name())));
			return true;
		}
		if (!WatchedKinds.runsPods(object.kind()) || !(state.get("spec", "selector") instanceof Map<?, ?> selector)) {
			return false;
		}
		LabelSelector labels = this.server.client()
			.getKubernetesSerialization()
			.convertValue(selector, LabelSelector.class);
		this.pods.put(object,
				start(this.server.client().pods().inNamespace(object.namespace()).withLabelSelector(labels)));
		return true;
	}

	private void watchFailures(String namespace) {
		this.failures
			.add(start(this.server.client().v1().events().inNamespace(namespace).withField("reason", "FailedCreate")));
	}

	private <T extends HasMetadata> SharedIndexInformer<T> start(Informable<T> source) {
		SharedIndexInformer<T> informer = source.runnableInformer(0);
		informer.addEventHandler(new Notice<>(this.onChange));
		informer.exceptionHandler((started, failure) -> goOn(failure));
		this.all.add(informer);
		// its failures, the first included, arrive at the exception handler
		informer.start().exceptionally((failure) -> null);
		return informer;
	}

	private boolean goOn(Throwable failure) {
		this.lastFailure = failure;
		for (Throwable at = failure; at != null; at = at.getCause()) {
			if (at instanceof KubernetesClientException answer
					&& (answer.getCode() == 403 || answer.getCode() == 401)) {
				this.refusal = answer;
			}
		}
		this.onChange.run();
		return this.refusal == null;
	}

	private record Place(ApiKind kind, String namespace) {
	}

	private record Notice<T>(Runnable onChange) implements ResourceEventHandler<T> {

		@Override
		public void onAdd(T object) {
			this.onChange.run();
		}

		@Override
		public void onUpdate(T before, T after) {
			this.onChange.run();
		}

		@Override
		public void onDelete(T object, boolean stateUnknown) {
			this.onChange.run();
		}

	}

}
