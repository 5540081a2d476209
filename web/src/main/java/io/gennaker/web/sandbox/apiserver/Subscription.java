package io.gennaker.web.sandbox.apiserver;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The changes of a store, in their order, until closed.
 */
public final class Subscription implements AutoCloseable {

	private final BlockingQueue<StoreEvent> events = new LinkedBlockingQueue<>();

	private final Consumer<Subscription> onClose;

	Subscription(Consumer<Subscription> onClose) {
		this.onClose = onClose;
	}

	void offer(StoreEvent event) {
		this.events.add(event);
	}

	/** The next change, or none within that time. */
	public @Nullable StoreEvent poll(Duration wait) throws InterruptedException {
		return this.events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.onClose.accept(this);
	}

}
