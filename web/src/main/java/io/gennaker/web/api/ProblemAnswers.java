package io.gennaker.web.api;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Turns problems into answers: problem details for programs, the error page for people.
 */
@Component
public class ProblemAnswers {

	/** Where a problem waits for the error page. */
	static final String WAITING = ProblemAnswers.class.getName() + ".problem";

	private static final List<String> FOR_PROGRAMS = List.of("/api/", "/webhooks/", "/v3/", "/actuator/", "/schemas/");

	private final JsonMapper mapper;

	ProblemAnswers(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Whether a person's browser asks for a page or a part of one.
	 */
	public static boolean wantsPage(HttpServletRequest request) {
		String path = path(request);
		if (FOR_PROGRAMS.stream().anyMatch(path::startsWith)) {
			return false;
		}
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE))
				|| request.getHeader("HX-Request") != null;
	}

	/**
	 * Answers from outside of Spring MVC, such as from a filter.
	 * @param detail for people: what happened and what to do
	 */
	public void send(HttpServletRequest request, HttpServletResponse response, Problem problem, String detail)
			throws IOException {
		ProblemDetail details = details(request, problem, detail, Map.of());
		if (wantsPage(request)) {
			leaveToPage(request, response, details);
			return;
		}
		response.setStatus(problem.status().value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		this.mapper.writeValue(response.getOutputStream(), details);
	}

	static void leaveToPage(HttpServletRequest request, HttpServletResponse response, ProblemDetail details)
			throws IOException {
		request.setAttribute(WAITING, details);
		response.sendError(details.getStatus());
	}

	static ProblemDetail details(HttpServletRequest request, Problem problem, @Nullable String detail,
			Map<String, Object> members) {
		ProblemDetail details = ProblemDetail.forStatus(problem.status());
		details.setType(problem.type());
		details.setTitle(problem.title());
		details.setDetail(detail);
		details.setInstance(instance(request));
		members.forEach(details::setProperty);
		return details;
	}

	/**
	 * The path that was asked for, without what a webhook's path must keep to itself.
	 */
	static String path(HttpServletRequest request) {
		Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		String path = (original != null) ? original.toString() : request.getRequestURI();
		// A webhook's path ends with its token.
		return path.startsWith("/webhooks/") ? "/webhooks/" : path;
	}

	static void retryAfter(HttpHeaders headers, @Nullable Duration retryAfter) {
		if (retryAfter != null) {
			headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
		}
	}

	private static URI instance(HttpServletRequest request) {
		try {
			return URI.create(path(request));
		}
		catch (IllegalArgumentException _) {
			return URI.create("/");
		}
	}

}
