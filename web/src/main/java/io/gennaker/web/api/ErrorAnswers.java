package io.gennaker.web.api;

import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where requests end that failed outside of a controller, or in one that makes pages. The
 * error page is the template {@code error}; its model holds {@code status},
 * {@code title}, {@code detail} and {@code members}.
 */
@Controller
class ErrorAnswers implements ErrorController {

	@RequestMapping("/error")
	Object answer(HttpServletRequest request) {
		ProblemDetail details = details(request);
		if (ProblemAnswers.wantsPage(request)) {
			Map<String, Object> members = (details.getProperties() != null) ? details.getProperties() : Map.of();
			return new ModelAndView("error",
					Map.of("status", details.getStatus(), "title", String.valueOf(details.getTitle()), "detail",
							(details.getDetail() != null) ? details.getDetail() : "", "members", members),
					HttpStatusCode.valueOf(details.getStatus()));
		}
		return ResponseEntity.status(details.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(details);
	}

	private static ProblemDetail details(HttpServletRequest request) {
		if (request.getAttribute(ProblemAnswers.WAITING) instanceof ProblemDetail waiting) {
			return waiting;
		}
		Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		// Nobody failed: the path itself was asked for.
		Problem problem = (status instanceof Integer code) ? Problem.of(HttpStatusCode.valueOf(code))
				: Problem.NOT_FOUND;
		return ProblemAnswers.details(request, problem, null, Map.of());
	}

}
