package io.gennaker.web.database;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): they sort by the time they were made.
 * Twelve bits count on within a millisecond (method 3 of section 6.2), so that those of
 * one process always grow.
 */
public final class TimeOrderedIds {

	private static final int COUNTER_BITS = 12;

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final AtomicLong LAST = new AtomicLong();

	private TimeOrderedIds() {
	}

	/**
	 * A new id, greater than all that this process has made.
	 */
	public static UUID next() {
		return at(System.currentTimeMillis());
	}

	static UUID at(long millis) {
		long tick = LAST.accumulateAndGet(millis << COUNTER_BITS, (last, now) -> Math.max(last + 1, now));
		long time = tick >>> COUNTER_BITS;
		long counter = tick & ((1L << COUNTER_BITS) - 1);
		long most = (time << 16) | (7L << COUNTER_BITS) | counter;
		long least = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
		return new UUID(most, least);
	}

}
