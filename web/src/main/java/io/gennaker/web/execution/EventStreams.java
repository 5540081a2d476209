package io.gennaker.web.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gennaker.web.api.UnavailableException;
import io.gennaker.workflows.journal.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams of an execution's events. A stream keeps nothing but the id of the last event
 * that it sent and reads on from there, so that a slow reader costs no memory and a lost
 * one misses nothing.
 */
@Component
class EventStreams implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

	private static final int MOST_STREAMS = 2_000;

	private static final int BATCH = 200;

	/** A reader comes back after this with the id of its last event. */
	private static final Duration LONGEST = Duration.ofMinutes(30);

	private final ExecutionReads reads;

	private final ExecutionChanges changes;

	private final Duration heartbeat;

	private final Semaphore free = new Semaphore(MOST_STREAMS);

	private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	@Autowired
	EventStreams(ExecutionReads reads, ExecutionChanges changes) {
		this(reads, changes, Duration.ofSeconds(15));
	}

	EventStreams(ExecutionReads reads, ExecutionChanges changes, Duration heartbeat) {
		this.reads = reads;
		this.changes = changes;
		this.heartbeat = heartbeat;
	}

	/**
	 * Opens a stream. It ends when the execution has ended and all its events are sent.
	 * @param after the id of the last event that the reader has; 0 for none
	 * @throws UnavailableException if too many streams are open
	 */
	SseEmitter open(UUID executionId, long after) {
		if (!this.free.tryAcquire()) {
			throw new UnavailableException("Too many streams of events are open.", null);
		}
		SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
		Stream stream = new Stream(executionId, emitter, after);
		this.streams.add(stream);
		emitter.onCompletion(stream::close);
		emitter.onTimeout(emitter::complete);
		emitter.onError((_) -> stream.close());
		Thread.ofVirtual().name("events-" + executionId).start(stream::run);
		return emitter;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/**
	 * Ends all streams: the server's own stop would wait for them, and they end only with
	 * their executions. This comes before, being of a later phase.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.streams.forEach(Stream::close);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private final class Stream {

		private final UUID executionId;

		private final SseEmitter emitter;

		private final Semaphore woken = new Semaphore(0);

		private final AtomicBoolean open = new AtomicBoolean(true);

		private long last;

		private Stream(UUID executionId, SseEmitter emitter, long after) {
			this.executionId = executionId;
			this.emitter = emitter;
			this.last = after;
		}

		private void close() {
			this.open.set(false);
			this.woken.release();
		}

		private void run() {
			try (ExecutionChanges.Subscription _ = EventStreams.this.changes.subscribe(this.executionId,
					this.woken::release)) {
				// So that a reader of what has no news yet learns that it is connected.
				this.emitter.send(SseEmitter.event().comment("open"));
				while (this.open.get() && !sendAll()) {
					await();
				}
				this.emitter.complete();
			}
			catch (IOException | IllegalStateException ex) {
				log.debug("A reader of the events of {} has gone: {}", this.executionId, ex.toString());
			}
			catch (DataAccessException ex) {
				// The reader comes back and goes on from its last event.
				this.emitter.completeWithError(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				EventStreams.this.streams.remove(this);
				EventStreams.this.free.release();
			}
		}

		/**
		 * Sends what is there.
		 * @return whether that was all that will ever be
		 */
		private boolean sendAll() throws IOException {
			while (true) {
				// In this order: what is written with the end is then among the events.
				boolean ended = EventStreams.this.reads.status(this.executionId).map(Status::ended).orElse(true);
				List<ExecutionEvent> events = EventStreams.this.reads.events(this.executionId, this.last, BATCH);
				for (ExecutionEvent event : events) {
					this.emitter.send(SseEmitter.event()
						.id(Long.toString(event.id()))
						.name(event.kind())
						.data(event, MediaType.APPLICATION_JSON));
					this.last = event.id();
				}
				if (events.size() < BATCH) {
					return ended;
				}
			}
		}

		private void await() throws InterruptedException, IOException {
			if (this.woken.tryAcquire(EventStreams.this.heartbeat.toMillis(), TimeUnit.MILLISECONDS)) {
				this.woken.drainPermits();
			}
			else {
				this.emitter.send(SseEmitter.event().comment("alive"));
			}
		}

	}

}
