package io.gennaker.web.api;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * The kinds of problems that the service answers with, as RFC 9457 wants them. Their
 * types are part of the API: programs branch on them.
 */
public enum Problem {

	/** The request cannot be understood. */
	BAD_REQUEST("bad-request", HttpStatus.BAD_REQUEST, "The request cannot be understood"),
	/** A parameter of the path, the query or the body is not as it must be. */
	INVALID_PARAMETER("invalid-parameter", HttpStatus.BAD_REQUEST, "A parameter is not valid"),
	/** The body cannot be read. */
	UNREADABLE_BODY("unreadable-body", HttpStatus.BAD_REQUEST, "The body cannot be read"),
	/** Nobody is signed in. */
	UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "Sign in first"),
	/** Whoever asks may not do this. */
	FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "Not allowed"),
	/** A session's request came without its CSRF token. */
	CSRF("csrf", HttpStatus.FORBIDDEN, "The request carries no valid CSRF token"),
	/** There is no such thing. */
	NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "Not found"),
	/** The path knows other methods only. */
	METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
	/** None of the accepted media types can be had. */
	NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "Not available in an accepted media type"),
	/** The state of things does not allow it now. */
	CONFLICT("conflict", HttpStatus.CONFLICT, "Not possible now"),
	/** The running release does not take it now. */
	ENGINE_REFUSED("engine-refused", HttpStatus.CONFLICT, "The execution does not take this now"),
	/** The body is larger than it may be. */
	TOO_LARGE("too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
	/** The body's media type is not taken. */
	UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE,
			"The body's media type is not taken here"),
	/** The execution cannot be started like this. */
	START_REFUSED("start-refused", HttpStatus.UNPROCESSABLE_CONTENT, "The execution cannot be started like this"),
	/** The pipeline has problems; {@code problems} lists them. */
	INVALID_PIPELINE("invalid-pipeline", HttpStatus.UNPROCESSABLE_CONTENT, "The pipeline has problems"),
	/** Too many requests; {@code Retry-After} says when to come again. */
	TOO_MANY_REQUESTS("too-many-requests", HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
	/** The service cannot answer now. */
	UNAVAILABLE("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Not available now"),
	/** The database does not answer. */
	DATABASE_UNAVAILABLE("database-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
	/** Temporal does not answer. */
	ENGINE_UNAVAILABLE("engine-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Temporal does not answer"),
	/** A fault of the service itself. */
	INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "A fault of the service");

	private final String name;

	private final HttpStatus status;

	private final String title;

	Problem(String name, HttpStatus status, String title) {
		this.name = name;
		this.status = status;
		this.title = title;
	}

	/**
	 * The stable type, such as {@code /problems/not-found}.
	 */
	public URI type() {
		return URI.create("/problems/" + this.name);
	}

	/**
	 * The status that goes with it.
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * A short sentence that never changes from one occurrence to the next.
	 */
	public String title() {
		return this.title;
	}

	/**
	 * The first, and so the most general, problem of a status.
	 */
	static Problem of(HttpStatusCode status) {
		Optional<Problem> known = Arrays.stream(values())
			.filter((problem) -> problem.status.value() == status.value())
			.findFirst();
		return known.orElse(status.is4xxClientError() ? BAD_REQUEST : INTERNAL);
	}

}
