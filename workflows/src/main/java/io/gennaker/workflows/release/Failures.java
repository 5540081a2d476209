package io.gennaker.workflows.release;

/**
 * The closed set of permanent failures of activities: types of non-retryable
 * {@code ApplicationFailure}s. Everything else that an activity throws is retried.
 */
public final class Failures {

	/** A tag or digest that the registry does not know, or an artifact without any. */
	public static final String UNKNOWN_IMAGE = "unknown-image";

	/** An image that does not carry the signature that its artifact asks for. */
	public static final String UNVERIFIED_IMAGE = "unverified-image";

	/** A chart that does not render, passes a limit, or leaves images unbound. */
	public static final String BAKE_REFUSED = "bake-refused";

	/** An expression that cannot be evaluated. */
	public static final String BAD_EXPRESSION = "bad-expression";

	/** An object that the API server refuses. */
	public static final String ROLLOUT_REFUSED = "rollout-refused";

	/** An object that will not become healthy. */
	public static final String UNHEALTHY = "unhealthy";

	/** Something newer runs in the place than what was to be rolled out. */
	public static final String OLDER_BUILD = "older-build";

	/** A rollout whose place another execution holds meanwhile. */
	public static final String STALE_HOLDER = "stale-holder";

	/** A condition on an object that did not come true. */
	public static final String CHECK_FAILED = "check-failed";

	/** A service that refuses, or that must not be spoken to. */
	public static final String WEBHOOK_FAILED = "webhook-failed";

	/** An execution of another pipeline that cannot be started. */
	public static final String START_REFUSED = "start-refused";

	private Failures() {
	}

}
