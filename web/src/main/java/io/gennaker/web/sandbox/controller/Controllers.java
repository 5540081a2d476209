package io.gennaker.web.sandbox.controller;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.ApiException;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;
import io.gennaker.web.sandbox.apiserver.Objects;
import io.gennaker.web.sandbox.apiserver.StoreEvent;
import io.gennaker.web.sandbox.apiserver.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all controllers of a cluster on one thread: each object that changed, and what
 * owns it, is looked at again.
 */
public final class Controllers implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Controllers.class);

	private final Objects objects;

	private final Cluster control;

	private final Map<String, Reconciler> reconcilers;

	private final GarbageCollector garbage;

	private final EventRecorder events;

	private final Set<ObjectKey> waiting = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService worker = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sandbox-controllers").factory());

	private final Subscription changes;

	private final Thread listener;

	/** Starts the controllers of a cluster, whose nodes must be there. */
	public Controllers(Objects objects, ImageSource images, Pace pace) {
		this.objects = objects;
		this.control = new Cluster(objects, this::later, "kube-controller-manager");
		Cluster nodes = new Cluster(objects, this::later, "kubelet");
		this.events = new EventRecorder(this.control);
		this.garbage = new GarbageCollector(this.control);
		PlainStatus plain = new PlainStatus(this.control);
		this.reconcilers = Map.of("Deployment", new DeploymentReconciler(this.control, this.events), "ReplicaSet",
				new ReplicaSetReconciler(this.control, this.events), "StatefulSet",
				new StatefulSetReconciler(this.control, this.events), "DaemonSet",
				new DaemonSetReconciler(this.control), "Job", new JobReconciler(this.control, this.events), "Pod",
				new Kubelet(nodes, this.events, images, pace), "PodDisruptionBudget", plain::budget,
				"HorizontalPodAutoscaler", plain::autoscaler, "PersistentVolumeClaim", plain::claim, "Service",
				plain::service);
		this.changes = objects.store().subscribe(objects.store().revision());
		objects.store().keys().forEach((key) -> later(key, Duration.ZERO));
		this.worker.execute(guarded("garbage", this.garbage::collect));
		this.worker.scheduleWithFixedDelay(guarded("events", this.events::sweep), 10, 10, TimeUnit.MINUTES);
		this.listener = Thread.ofVirtual().name("sandbox-changes").start(this::listen);
	}

	/** The log of a pod's container. */
	public static String log(JsonNode pod, String container) {
		return Kubelet.log(pod, container);
	}

	@Override
	public void close() {
		this.listener.interrupt();
		this.worker.shutdownNow();
		this.changes.close();
		try {
			this.worker.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void listen() {
		try {
			while (true) {
				StoreEvent event = this.changes.poll(Duration.ofMinutes(1));
				if (event != null) {
					changed(event);
				}
			}
		}
		catch (InterruptedException | RejectedExecutionException ex) {
			logger.debug("The controllers of a sandbox cluster stop");
		}
	}

	private void changed(StoreEvent event) {
		ObjectKey key = event.key();
		if (key.type().kind().equals("Event")) {
			return;
		}
		later(key, Duration.ZERO);
		for (JsonNode owner : event.object().path("metadata").path("ownerReferences")) {
			this.objects.types()
				.byKind(Json.text(owner, "apiVersion"), Json.text(owner, "kind"))
				.ifPresent(
						(type) -> later(new ObjectKey(type, key.namespace(), Json.text(owner, "name")), Duration.ZERO));
		}
		if (key.type().kind().equals("Pod") || key.type().kind().equals("Deployment")) {
			this.objects.store()
				.keys()
				.stream()
				.filter((other) -> other.namespace().equals(key.namespace()) && isObserver(other))
				.forEach((other) -> later(other, Duration.ZERO));
		}
		boolean ending = event.object().path("metadata").has("deletionTimestamp");
		if (ending || event.type() == StoreEvent.Type.DELETED) {
			this.worker.execute(guarded("garbage", this.garbage::collect));
		}
	}

	private static boolean isObserver(ObjectKey key) {
		return key.type().kind().equals("PodDisruptionBudget") || key.type().kind().equals("HorizontalPodAutoscaler");
	}

	private void later(ObjectKey key, Duration after) {
		if (!this.reconcilers.containsKey(key.type().kind())) {
			return;
		}
		if (after.isZero() && !this.waiting.add(key)) {
			return;
		}
		try {
			this.worker.schedule(() -> {
				if (after.isZero()) {
					this.waiting.remove(key);
				}
				reconcile(key);
			}, after.toMillis() + (after.isZero() ? 0 : 1), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No more work for {}: the cluster stops", key.name());
		}
	}

	private void reconcile(ObjectKey key) {
		Reconciler reconciler = this.reconcilers.get(key.type().kind());
		ObjectNode object = this.objects.find(key).orElse(null);
		if (reconciler == null || object == null) {
			return;
		}
		try {
			reconciler.reconcile(key, object);
		}
		catch (ApiException ex) {
			if (ex.code() == 409) {
				later(key, Duration.ofMillis(50));
			}
			else {
				logger.info("{} {}/{} cannot go on: {}", key.type().kind(), key.namespace(), key.name(),
						ex.getMessage());
			}
		}
		catch (RuntimeException ex) {
			logger.error("The sandbox's controller of {} {}/{} failed", key.type().kind(), key.namespace(), key.name(),
					ex);
		}
	}

	private Runnable guarded(String what, Runnable work) {
		return () -> {
			try {
				work.run();
			}
			catch (RuntimeException ex) {
				logger.error("The sandbox's {} failed", what, ex);
			}
		};
	}

}
