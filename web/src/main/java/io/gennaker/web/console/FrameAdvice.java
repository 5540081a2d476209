package io.gennaker.web.console;

import java.util.List;
import java.util.Set;

import io.gennaker.web.execution.ReleaseEngine.EngineUnavailableException;
import io.gennaker.web.gate.Approvers;
import io.gennaker.web.gate.Approvers.Approver;
import io.gennaker.web.gate.GateReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Gives every page its frame, and says on a page what became of a request that failed.
 * Comes before the advice that answers the API's callers with problem details.
 */
@ControllerAdvice(basePackageClasses = FrameAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class FrameAdvice {

	private final Approvers approvers;

	private final GateReads gates;

	private final Notices notices;

	FrameAdvice(Approvers approvers, GateReads gates, Notices notices) {
		this.approvers = approvers;
		this.gates = gates;
		this.notices = notices;
	}

	@ModelAttribute
	void frame(@Nullable Authentication authentication, HttpServletRequest request, Model model) {
		if (authentication != null && !model.containsAttribute("frame")) {
			String query = request.getQueryString();
			String path = request.getRequestURI() + ((query != null) ? "?" + query : "");
			model.addAttribute("frame",
					frame(authentication.getName(), request.getMethod().equals("GET") ? path : "/"));
		}
	}

	private Frame frame(String user, String path) {
		Approver person = this.approvers.find(user).orElse(new Approver(user, Set.of(), Set.of()));
		int waiting = person.roles().contains("approver") ? this.gates.openFor(person).size() : 0;
		return new Frame(user, person.roles(), person.groups(), waiting, List.copyOf(this.notices.current()), path);
	}

	@ExceptionHandler
	ModelAndView refused(ResponseStatusException ex, HttpServletResponse response) {
		return page(ex.getStatusCode().value(), ex.getReason(), response);
	}

	@ExceptionHandler
	ModelAndView unreadable(MethodArgumentTypeMismatchException ex, HttpServletResponse response) {
		return page(HttpStatus.NOT_FOUND.value(), null, response);
	}

	@ExceptionHandler({ DataAccessResourceFailureException.class, CannotCreateTransactionException.class,
			EngineUnavailableException.class })
	ModelAndView unavailable(Exception ex, HttpServletResponse response) {
		boolean engine = ex instanceof EngineUnavailableException;
		return page(HttpStatus.SERVICE_UNAVAILABLE.value(), engine ? ex.getMessage() : null, response);
	}

	private static ModelAndView page(int status, @Nullable String detail, HttpServletResponse response) {
		response.setStatus(status);
		ModelAndView page = new ModelAndView("error");
		page.addObject("status", status);
		page.addObject("detail", detail);
		return page;
	}

}
