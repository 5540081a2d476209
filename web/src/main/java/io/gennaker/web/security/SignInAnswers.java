package io.gennaker.web.security;

import java.io.IOException;

import io.gennaker.web.api.Problem;
import io.gennaker.web.api.ProblemAnswers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * What is answered to whoever is not signed in, could not be, or may not.
 */
@Component
class SignInAnswers implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {

	private static final String PART_OF_PAGE = "HX-Request";

	private final ProblemAnswers answers;

	SignInAnswers(ProblemAnswers answers) {
		this.answers = answers;
	}

	/**
	 * Somebody must sign in.
	 */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
			throws IOException {
		if (exception instanceof TooManyAttemptsException tooMany) {
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.retryAfterSeconds()));
			this.answers.send(request, response, Problem.TOO_MANY_REQUESTS, tooMany.getMessage() + ".");
		}
		else if (request.getHeader(PART_OF_PAGE) != null) {
			response.setHeader("HX-Redirect", request.getContextPath() + "/login");
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
		else if (ProblemAnswers.wantsPage(request)) {
			response.sendRedirect(request.getContextPath() + "/login");
		}
		else {
			challenge(request, response);
			this.answers.send(request, response, Problem.UNAUTHENTICATED,
					(request.getHeader(HttpHeaders.AUTHORIZATION) != null)
							? "Name or password is wrong, or the Authorization header is not of scheme Basic."
							: "Send name and password by HTTP Basic, or sign in at /login.");
		}
	}

	/**
	 * Somebody may not.
	 */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
			throws IOException {
		if (exception instanceof CsrfException) {
			this.answers.send(request, response, Problem.CSRF,
					"Nothing was changed. Load the page again: the session it was made for may have ended.");
			return;
		}
		this.answers.send(request, response, Problem.FORBIDDEN, "Your roles do not include this.");
	}

	/**
	 * The sign-in form was not right.
	 */
	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		String why = (exception instanceof TooManyAttemptsException tooMany) ? "limited=" + tooMany.retryAfterSeconds()
				: "error";
		response.sendRedirect(request.getContextPath() + "/login?" + why);
	}

	/**
	 * A browser would open its own window for the password, and keep it for good.
	 */
	private static void challenge(HttpServletRequest request, HttpServletResponse response) {
		boolean browser = request.getHeader("Sec-Fetch-Mode") != null || request.getHeader("Sec-Fetch-Site") != null
				|| request.getHeader("X-Requested-With") != null || request.getHeader(HttpHeaders.COOKIE) != null;
		if (!browser) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"gennaker\", charset=\"UTF-8\"");
		}
	}

}
