package io.gennaker.web.security;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Token buckets.
 */
class RateLimitTests {

	private Instant now = Instant.EPOCH;

	private final RateLimit limit = new RateLimit(2, Duration.ofSeconds(10), 2, () -> this.now);

	@Test
	void aBurstIsTakenAndThenOneMoreAfterTheRefill() {
		assertThat(this.limit.take("a")).isZero();
		assertThat(this.limit.take("a")).isZero();
		assertThat(this.limit.take("a")).isEqualTo(Duration.ofSeconds(10));
		this.now = this.now.plusSeconds(4);
		assertThat(this.limit.peek("a")).isEqualTo(Duration.ofSeconds(6));
		this.now = this.now.plusSeconds(6);
		assertThat(this.limit.take("a")).isZero();
		assertThat(this.limit.take("a")).isPositive();
	}

	@Test
	void keysDoNotShare() {
		this.limit.take("a");
		this.limit.take("a");
		assertThat(this.limit.take("b")).isZero();
	}

	@Test
	void aRestNeverGathersMoreThanABurst() {
		this.limit.take("a");
		this.now = this.now.plusSeconds(1000);
		this.limit.take("a");
		this.limit.take("a");
		assertThat(this.limit.take("a")).isPositive();
	}

	@Test
	void memoryIsBounded() {
		this.limit.take("a");
		this.limit.take("a");
		this.limit.take("b");
		this.limit.take("c");
		assertThat(this.limit.peek("a")).isZero();
	}

	@Test
	void aForgottenKeyStartsAnew() {
		this.limit.take("a");
		this.limit.take("a");
		this.limit.forget("a");
		assertThat(this.limit.take("a")).isZero();
	}

}
