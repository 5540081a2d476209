package io.gennaker.web.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for facts.
 */
public final class Await {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private Await() {
	}

	/**
	 * Waits until something is so, and fails where that takes half a minute.
	 */
	public static void until(BooleanSupplier fact) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!fact.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("still not so after " + PATIENCE.toSeconds() + " s");
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

}
