package io.gennaker.activities.rollout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;

/**
 * Keeps telling Temporal that an activity lives, also while a request takes its time, and
 * hears of its cancellation.
 */
final class Heartbeat implements AutoCloseable {

	private final ActivityExecutionContext context;

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile RolloutBeat latest;

	Heartbeat(ActivityExecutionContext context, Duration every, RolloutBeat first) {
		this.context = context;
		this.latest = first;
		Thread.ofVirtual().name("rollout-heartbeat").start(() -> keepBeating(every));
	}

	/**
	 * What was told last.
	 */
	RolloutBeat latest() {
		return this.latest;
	}

	/**
	 * Tells how far the activity is.
	 * @throws ActivityCompletionException if it was canceled, timed out or is no longer
	 * wanted
	 */
	void tell(RolloutBeat beat) {
		this.latest = beat;
		this.context.heartbeat(beat);
		this.context.getCancellationToken().throwIfCancellationRequested();
	}

	/**
	 * Has something done as soon as the activity is canceled.
	 */
	void onCancel(Runnable action) {
		this.context.getCancellationToken().onCancel(action);
	}

	@Override
	public void close() {
		this.closed.countDown();
	}

	private void keepBeating(Duration every) {
		try {
			while (!this.closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
				this.context.heartbeat(this.latest);
			}
		}
		catch (ActivityCompletionException ex) {
			// the activity's own thread learns of it when it tells the next time
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
