package io.gennaker.web.webhook;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Works deliveries off while the service runs. One thread, because an image that was
 * pushed later must not be released before one that was pushed earlier.
 */
@Component
class DeliveryWorker implements SmartLifecycle {

	private static final long POLL_SECONDS = 1;

	private static final long STOP_SECONDS = 10;

	private static final Log log = LogFactory.getLog(DeliveryWorker.class);

	private final DeliveryQueue queue;

	private final Semaphore arrivals = new Semaphore(0);

	private volatile @Nullable Thread thread;

	DeliveryWorker(DeliveryQueue queue) {
		this.queue = queue;
	}

	@EventListener
	void wake(DeliveryInbox.Stored stored) {
		this.arrivals.release();
	}

	@Override
	public void start() {
		// Known before it runs, since its loop asks whether it is.
		Thread starting = Thread.ofVirtual().name("deliveries").unstarted(this::run);
		this.thread = starting;
		starting.start();
	}

	@Override
	public void stop() {
		Thread stopping = this.thread;
		this.thread = null;
		this.arrivals.release();
		if (stopping != null) {
			try {
				stopping.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
			}
			catch (InterruptedException exception) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void run() {
		while (isRunning()) {
			try {
				if (!workOne()) {
					// Deliveries that are due again, or that another process took in,
					// wake
					// nobody.
					this.arrivals.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS);
					this.arrivals.drainPermits();
				}
			}
			catch (InterruptedException exception) {
				return;
			}
		}
	}

	private boolean workOne() {
		try {
			return this.queue.workOne();
		}
		catch (RuntimeException exception) {
			log.warn("Deliveries wait: " + exception.getMessage());
			return false;
		}
	}

}
