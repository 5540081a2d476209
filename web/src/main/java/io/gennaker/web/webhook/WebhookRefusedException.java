package io.gennaker.web.webhook;

import java.time.Duration;

import io.gennaker.web.api.Problem;
import io.gennaker.web.api.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is not taken; nothing of it is kept.
 */
final class WebhookRefusedException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final @Nullable Duration retryAfter;

	WebhookRefusedException(Problem problem, String detail) {
		this(problem, detail, null);
	}

	WebhookRefusedException(Problem problem, String detail, @Nullable Duration retryAfter) {
		super(problem, detail);
		this.retryAfter = retryAfter;
	}

	@Override
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
