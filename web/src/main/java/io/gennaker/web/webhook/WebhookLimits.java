package io.gennaker.web.webhook;

import java.time.Duration;

import io.gennaker.web.security.RateLimit;

/**
 * How many deliveries are taken. A registry sends from one address, and much at once
 * where many images are pushed together; whoever has no token gets little.
 *
 * @param known by receiver and address, for those who have its token
 * @param strangers by address, for those who have none
 */
record WebhookLimits(RateLimit known, RateLimit strangers) {

	private static final int KEYS = 20_000;

	static WebhookLimits standard() {
		return new WebhookLimits(new RateLimit(10_000, Duration.ofMillis(10), KEYS),
				new RateLimit(30, Duration.ofSeconds(1), KEYS));
	}

}
