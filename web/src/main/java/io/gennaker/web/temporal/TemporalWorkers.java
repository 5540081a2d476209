package io.gennaker.web.temporal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the workers as soon as Temporal answers, and watches whether it still does.
 */
public final class TemporalWorkers implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TemporalWorkers.class);

	private static final Duration LOOK = Duration.ofSeconds(5);

	/** A cancellation reaches an activity with its next heartbeat. */
	private static final Duration HEARTBEAT = Duration.ofSeconds(2);

	/** The first task of a cold service takes longer than the SDK's one second. */
	private static final Duration DEADLOCK = Duration.ofSeconds(10);

	private final TemporalConnection connection;

	private final List<WorkerQueue> queues;

	private CountDownLatch stopped = new CountDownLatch(0);

	private @Nullable Thread thread;

	private volatile @Nullable WorkerFactory factory;

	/**
	 * Takes what the workers serve; none for a process that only shows pages.
	 */
	public TemporalWorkers(TemporalConnection connection, List<WorkerQueue> queues) {
		this.connection = connection;
		this.queues = List.copyOf(queues);
	}

	/**
	 * Whether the workers poll.
	 */
	public boolean polling() {
		return this.factory != null;
	}

	@Override
	public synchronized void start() {
		this.stopped = new CountDownLatch(1);
		this.thread = Thread.ofVirtual().name("temporal-watch").start(this::watch);
	}

	private void watch() {
		try {
			do {
				look();
			}
			while (!this.stopped.await(polling() ? LOOK.toMillis() : 500, TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() {
		TemporalConnection.State before = this.connection.state();
		TemporalConnection.State now = this.connection.check();
		if (!now.equals(before)) {
			if (now.reachable()) {
				log.info("Temporal answers at {}", this.connection.endpoint().target());
			}
			else {
				log.warn("Waiting: {}", now.problem());
			}
		}
		if (now.reachable() && !polling() && !this.queues.isEmpty()) {
			startWorkers();
		}
	}

	private void startWorkers() {
		WorkerFactory starting = null;
		try {
			starting = newFactory();
			starting.start();
			this.factory = starting;
			log.info("Workers serve {} task queues", this.queues.size());
		}
		catch (RuntimeException ex) {
			log.warn("Workers could not start and will be tried again: {}", ex.getMessage());
			if (starting != null) {
				starting.shutdownNow();
			}
		}
	}

	private WorkerFactory newFactory() {
		WorkerFactory created = WorkerFactory.newInstance(this.connection.client(),
				WorkerFactoryOptions.newBuilder().setUsingVirtualWorkflowThreads(true).build());
		for (WorkerQueue queue : this.queues) {
			Worker worker = created.newWorker(queue.name(), options(queue));
			worker.registerWorkflowImplementationTypes(queue.workflows().toArray(new Class<?>[0]));
			worker.registerActivitiesImplementations(queue.activities().toArray());
		}
		return created;
	}

	private static WorkerOptions options(WorkerQueue queue) {
		return WorkerOptions.newBuilder()
			.setUsingVirtualThreads(true)
			.setMaxHeartbeatThrottleInterval(HEARTBEAT)
			.setDefaultDeadlockDetectionTimeout(DEADLOCK.toMillis())
			.setMaxConcurrentWorkflowTaskPollers(queue.pollers())
			.setMaxConcurrentActivityTaskPollers(queue.pollers())
			.build();
	}

	@Override
	public synchronized void stop() {
		this.stopped.countDown();
		WorkerFactory running = this.factory;
		if (running != null) {
			running.shutdownNow();
			running.awaitTermination(5, TimeUnit.SECONDS);
			this.factory = null;
		}
		Thread watching = this.thread;
		if (watching != null) {
			watching.interrupt();
			this.thread = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * A task queue and who serves it.
	 *
	 * @param name the queue
	 * @param workflows implementation classes of workflows
	 * @param activities implementations of activities
	 * @param pollers how many polls are open at once, for workflows and activities each
	 */
	public record WorkerQueue(String name, List<Class<?>> workflows, List<Object> activities, int pollers) {

		public WorkerQueue {
			workflows = List.copyOf(workflows);
			activities = List.copyOf(activities);
		}

	}

}
