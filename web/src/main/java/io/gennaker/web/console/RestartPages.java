package io.gennaker.web.console;

import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.restart.RestartRequest;
import io.gennaker.web.restart.Restarts;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Starting an execution again from a stage, with a page that first says what is taken
 * over and what is done again.
 */
@Controller
@PreAuthorize("hasRole('ENGINEER')")
class RestartPages {

	private static final String PATH = "/executions/{id}/stages/{stage}/restart";

	private static final int LONGEST_REASON = 2_000;

	private final Restarts restarts;

	RestartPages(Restarts restarts) {
		this.restarts = restarts;
	}

	@GetMapping(PATH)
	String ask(@PathVariable UUID id, @PathVariable String stage, Model model) {
		show(id, stage, model);
		return "restart";
	}

	@PostMapping(PATH)
	String restart(@PathVariable UUID id, @PathVariable String stage, @RequestParam(defaultValue = "") String reason,
			@RequestParam(name = "allow-older", defaultValue = "false") boolean allowOlder,
			@RequestParam(required = false) @Nullable String key, @ModelAttribute("frame") Frame frame, Model model,
			HttpServletResponse response) {
		String why = (reason.length() > LONGEST_REASON) ? reason.substring(0, LONGEST_REASON) : reason.strip();
		try {
			return "redirect:/executions/"
					+ this.restarts.start(new RestartRequest(id, stage, allowOlder, frame.user(), why, key)).id();
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			response.setStatus(ex.problem().status().value());
			show(id, stage, model);
			model.addAttribute("refused", ex.getMessage());
			model.addAttribute("reason", why);
			return "restart";
		}
	}

	private void show(UUID id, String from, Model model) {
		model.addAttribute("p", this.restarts.preview(id, from));
		model.addAttribute("key", StartForm.newKey());
	}

}
