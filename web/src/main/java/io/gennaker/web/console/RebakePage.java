package io.gennaker.web.console;

import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.rebake.RepeatedBakes;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * A bake that is made again, for people who ask whether the same comes of it. Nothing is
 * written, but it takes its time, and charts are fetched; so it is no page that one comes
 * to by a link.
 */
@Controller
class RebakePage {

	private final ExecutionViews views;

	private final RepeatedBakes rebakes;

	private final Words words;

	RebakePage(ExecutionViews views, RepeatedBakes rebakes, Words words) {
		this.views = views;
		this.rebakes = rebakes;
		this.words = words;
	}

	@PostMapping("/executions/{id}/stages/{stage}/rebake")
	@PreAuthorize("hasRole('ENGINEER')")
	String rebake(@PathVariable UUID id, @PathVariable String stage, Model model, HttpServletResponse response) {
		ExecutionView view = this.views.find(id, stage, null)
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown", id)));
		model.addAttribute("view", view);
		model.addAttribute("x", view.detail());
		model.addAttribute("tab", "manifests");
		model.addAttribute("stage", stage);
		try {
			model.addAttribute("comparison", this.rebakes.compare(id, stage));
		}
		catch (ProblemException ex) {
			response.setStatus(ex.problem().status().value());
			model.addAttribute("refused", ex.getMessage());
		}
		return "execution-rebake";
	}

}
