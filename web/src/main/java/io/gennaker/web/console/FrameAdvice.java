package io.gennaker.web.console;

import java.util.Set;
import java.util.stream.Collectors;

import io.gennaker.web.gate.Approvers.Approver;
import io.gennaker.web.gate.GateReads;
import io.gennaker.web.security.CurrentUser;
import io.gennaker.web.security.Person;
import io.gennaker.web.security.Role;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives every page its frame.
 */
@ControllerAdvice(basePackageClasses = FrameAdvice.class)
class FrameAdvice {

	private final CurrentUser user;

	private final GateReads gates;

	private final Notices notices;

	FrameAdvice(CurrentUser user, GateReads gates, Notices notices) {
		this.user = user;
		this.gates = gates;
		this.notices = notices;
	}

	@ModelAttribute
	void frame(HttpServletRequest request, Model model) {
		this.user.find().ifPresent((person) -> model.addAttribute("frame", frame(person, path(request))));
	}

	Frame frame(Person person, String path) {
		Set<String> roles = person.roles().stream().map(Role::text).collect(Collectors.toSet());
		Approver approver = new Approver(person.name(), roles, person.groups());
		int waiting = roles.contains("approver") ? this.gates.openFor(approver).size() : 0;
		return new Frame(person.name(), roles, person.groups(), waiting, this.notices.current(), path);
	}

	private static String path(HttpServletRequest request) {
		if (!request.getMethod().equals("GET")) {
			return "/";
		}
		String query = request.getQueryString();
		return request.getRequestURI() + ((query != null) ? "?" + query : "");
	}

}
