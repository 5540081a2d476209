package io.gennaker.web.console;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionDetail.ClusterRollout;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.ExecutionSteering;
import io.gennaker.web.execution.ReleaseEngine.Steer;
import io.gennaker.workflows.journal.Status;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Pausing, resuming and canceling, each with a page that first says what will happen in
 * which clusters.
 */
@Controller
@PreAuthorize("hasRole('ENGINEER')")
class SteerPages {

	private static final String PATH = "/executions/{id}/{steer:pause|resume|cancel}";

	private final ExecutionReads executions;

	private final ExecutionSteering steering;

	private final Words words;

	SteerPages(ExecutionReads executions, ExecutionSteering steering, Words words) {
		this.executions = executions;
		this.steering = steering;
		this.words = words;
	}

	@GetMapping(PATH)
	String ask(@PathVariable UUID id, @PathVariable String steer, Model model) {
		show(id, steer, model);
		return "steer";
	}

	@PostMapping(PATH)
	String steer(@PathVariable UUID id, @PathVariable String steer, @RequestParam(defaultValue = "") String reason,
			@ModelAttribute("frame") Frame frame, Model model, HttpServletResponse response) {
		try {
			this.steering.steer(id, Steer.valueOf(steer.toUpperCase(Locale.ROOT)), frame.user(), reason.strip());
			return "redirect:/executions/" + id;
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			return refused(id, steer, reason, ex.problem().status(), ex, model, response);
		}
	}

	private String refused(UUID id, String steer, String reason, HttpStatus status, RuntimeException ex, Model model,
			HttpServletResponse response) {
		response.setStatus(status.value());
		show(id, steer, model);
		model.addAttribute("refused", ex.getMessage());
		model.addAttribute("reason", reason);
		return "steer";
	}

	private void show(UUID id, String steer, Model model) {
		ExecutionDetail execution = this.executions.find(id)
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown", id)));
		model.addAttribute("x", execution);
		model.addAttribute("steer", steer);
		model.addAttribute("underway", in(execution, List.of(Status.RUNNING)));
		model.addAttribute("waiting", in(execution, List.of(Status.PENDING, Status.WAITING, Status.PAUSED)));
		model.addAttribute("done", in(execution, List.of(Status.SUCCEEDED)));
	}

	private static List<String> in(ExecutionDetail execution, List<Status> statuses) {
		return execution.clusters()
			.stream()
			.filter((rollout) -> statuses.contains(rollout.status()))
			.map(ClusterRollout::cluster)
			.distinct()
			.toList();
	}

}
