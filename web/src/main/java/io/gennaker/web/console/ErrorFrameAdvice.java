package io.gennaker.web.console;

import io.gennaker.web.security.CurrentUser;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.dao.DataAccessException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives the error page its frame, with the ways to all other pages. The page must come
 * also where the database is what failed; it then has no frame.
 */
@ControllerAdvice("io.gennaker.web.api")
class ErrorFrameAdvice {

	private final CurrentUser user;

	private final FrameAdvice frames;

	ErrorFrameAdvice(CurrentUser user, FrameAdvice frames) {
		this.user = user;
		this.frames = frames;
	}

	@ModelAttribute
	void frame(HttpServletRequest request, Model model) {
		if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null) {
			return;
		}
		try {
			this.user.find().ifPresent((person) -> model.addAttribute("frame", this.frames.frame(person, "/")));
		}
		catch (DataAccessException _) {
			model.asMap().remove("frame");
		}
	}

}
