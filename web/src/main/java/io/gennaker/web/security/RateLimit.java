package io.gennaker.web.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by key, in memory. Of more keys than it may hold, those that were not
 * seen for the longest time are forgotten.
 */
public final class RateLimit {

	private final int burst;

	private final long refillNanos;

	private final InstantSource clock;

	private final Map<String, Bucket> buckets;

	/**
	 * Limits each key.
	 * @param burst how many may come at once
	 * @param refill after what time one more may come
	 * @param keys how many keys are remembered
	 */
	public RateLimit(int burst, Duration refill, int keys) {
		this(burst, refill, keys, InstantSource.system());
	}

	RateLimit(int burst, Duration refill, int keys, InstantSource clock) {
		this.burst = burst;
		this.refillNanos = refill.toNanos();
		this.clock = clock;
		this.buckets = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
				return size() > keys;
			}

		};
	}

	/**
	 * Takes a token.
	 * @return zero if there was one, else how long until there is
	 */
	public synchronized Duration take(String key) {
		Bucket bucket = this.buckets.getOrDefault(key, new Bucket(this.burst, now())).refilled(this, now());
		if (bucket.tokens() < 1) {
			return wait(bucket);
		}
		this.buckets.put(key, new Bucket(bucket.tokens() - 1, bucket.at()));
		return Duration.ZERO;
	}

	/**
	 * How long until there is a token; zero if there is one.
	 */
	public synchronized Duration peek(String key) {
		Bucket bucket = this.buckets.get(key);
		return (bucket != null) ? wait(bucket.refilled(this, now())) : Duration.ZERO;
	}

	/**
	 * Fills a key's bucket again.
	 */
	public synchronized void forget(String key) {
		this.buckets.remove(key);
	}

	private Duration wait(Bucket bucket) {
		return (bucket.tokens() >= 1) ? Duration.ZERO
				: Duration.ofNanos((long) Math.ceil((1 - bucket.tokens()) * this.refillNanos));
	}

	private Instant now() {
		return this.clock.instant();
	}

	private record Bucket(double tokens, Instant at) {

		Bucket refilled(RateLimit limit, Instant now) {
			double gained = (double) Duration.between(this.at, now).toNanos() / limit.refillNanos;
			return new Bucket(Math.min(limit.burst, this.tokens + Math.max(0, gained)), now);
		}

	}

}
