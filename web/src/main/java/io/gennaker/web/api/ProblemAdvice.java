package io.gennaker.web.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers what controllers throw.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Log log = LogFactory.getLog(ProblemAdvice.class);

	@ExceptionHandler
	@Nullable ResponseEntity<Object> handle(ProblemException exception, ServletWebRequest request) {
		HttpHeaders headers = new HttpHeaders();
		ProblemAnswers.retryAfter(headers, exception.retryAfter());
		return answer(exception.problem(), exception.getMessage(), exception.members(), headers, request);
	}

	@ExceptionHandler({ DataAccessException.class, TransactionException.class })
	@Nullable ResponseEntity<Object> handleDatabase(RuntimeException exception, ServletWebRequest request) {
		if (!DatabaseAvailability.isLost(exception)) {
			return handleFault(exception, request);
		}
		log.warn("The database does not answer: " + exception.getMessage());
		HttpHeaders headers = new HttpHeaders();
		ProblemAnswers.retryAfter(headers, DatabaseAvailability.RETRY_AFTER);
		return answer(Problem.DATABASE_UNAVAILABLE, "Nothing was changed by this request. Try again in a few seconds.",
				Map.of(), headers, request);
	}

	/**
	 * Security's own exceptions belong to its filters.
	 */
	@ExceptionHandler({ AccessDeniedException.class, AuthenticationException.class })
	void leaveToSecurity(RuntimeException exception) {
		throw exception;
	}

	@ExceptionHandler(Exception.class)
	@Nullable ResponseEntity<Object> handleFault(Exception exception, ServletWebRequest request) {
		HttpServletResponse response = request.getResponse();
		if (response != null && response.isCommitted()) {
			// The stream's reader has gone.
			log.debug("An answer ended early", exception);
			return null;
		}
		String fault = UUID.randomUUID().toString();
		HttpServletRequest asked = request.getRequest();
		log.error("Fault " + fault + " at " + asked.getMethod() + " " + ProblemAnswers.path(asked), exception);
		return answer(Problem.INTERNAL, "The service's log tells more under \"Fault " + fault + "\".", Map.of(),
				new HttpHeaders(), request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException exception,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<FieldProblem> problems = exception.getBindingResult()
			.getAllErrors()
			.stream()
			.map(ProblemAdvice::problem)
			.toList();
		return invalid(problems, headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException exception, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		List<FieldProblem> problems = exception.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> (error instanceof FieldError field) ? problem(field)
						: new FieldProblem(String.valueOf(result.getMethodParameter().getParameterName()),
								String.valueOf(error.getDefaultMessage()))))
			.toList();
		return invalid(problems, headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException exception, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String name = (exception instanceof MethodArgumentTypeMismatchException argument) ? argument.getName()
				: String.valueOf(exception.getPropertyName());
		Class<?> required = exception.getRequiredType();
		String message = "is not a valid " + ((required != null) ? required.getSimpleName() : "value");
		return invalid(List.of(new FieldProblem(name, message)), headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
			MissingServletRequestParameterException exception, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		return invalid(List.of(new FieldProblem(exception.getParameterName(), "is missing")), headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleServletRequestBindingException(
			ServletRequestBindingException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (exception instanceof MissingRequestHeaderException header) {
			return invalid(List.of(new FieldProblem(header.getHeaderName(), "is missing")), headers, request);
		}
		return super.handleServletRequestBindingException(exception, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException exception,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String detail = (exception.getCause() instanceof JacksonException json) ? JsonFaults.describe(json)
				: "A body in JSON is required.";
		return answer(Problem.UNREADABLE_BODY, detail, Map.of(), headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception exception, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String detail = (body instanceof ProblemDetail details) ? details.getDetail() : null;
		return answer(Problem.of(status), detail, Map.of(), headers, request);
	}

	private @Nullable ResponseEntity<Object> invalid(List<FieldProblem> problems, HttpHeaders headers,
			WebRequest request) {
		String detail = String.join("; ",
				problems.stream().map((problem) -> problem.path() + ": " + problem.message()).toList());
		return answer(Problem.INVALID_PARAMETER, detail, Map.of("problems", problems), headers, request);
	}

	private @Nullable ResponseEntity<Object> answer(Problem problem, @Nullable String detail,
			Map<String, Object> members, HttpHeaders headers, WebRequest request) {
		HttpServletRequest asked = ((ServletWebRequest) request).getRequest();
		HttpServletResponse response = ((ServletWebRequest) request).getResponse();
		if (response == null || response.isCommitted()) {
			return null;
		}
		ProblemDetail details = ProblemAnswers.details(asked, problem, detail, members);
		if (ProblemAnswers.wantsPage(asked)) {
			headers.forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
			return page(asked, response, details);
		}
		return ResponseEntity.status(problem.status())
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(details);
	}

	private static @Nullable ResponseEntity<Object> page(HttpServletRequest request, HttpServletResponse response,
			ProblemDetail details) {
		try {
			ProblemAnswers.leaveToPage(request, response, details);
		}
		catch (IOException exception) {
			log.debug("The error page's reader has gone", exception);
		}
		return null;
	}

	private static FieldProblem problem(ObjectError error) {
		String path = (error instanceof FieldError field) ? field.getField() : error.getObjectName();
		return new FieldProblem(path, String.valueOf(error.getDefaultMessage()));
	}

}
