package io.gennaker.web.console;

import java.util.Locale;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.ReleaseEngine.ClusterSteer;
import io.gennaker.web.execution.RolloutSteering;
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
 * Retrying and skipping one cluster of a deploy, and giving a deploy up, each with a page
 * that first says what will happen.
 */
@Controller
@PreAuthorize("hasRole('ENGINEER')")
class RolloutSteerPages {

	private static final String CLUSTER = "/executions/{id}/deploys/{deploy}/clusters/{cluster}/{act:retry|skip}";

	private static final String GIVE_UP = "/executions/{id}/deploys/{deploy}/give-up";

	private final ExecutionReads executions;

	private final RolloutSteering steering;

	private final Words words;

	RolloutSteerPages(ExecutionReads executions, RolloutSteering steering, Words words) {
		this.executions = executions;
		this.steering = steering;
		this.words = words;
	}

	@GetMapping(CLUSTER)
	String ask(@PathVariable UUID id, @PathVariable String deploy, @PathVariable String cluster,
			@PathVariable String act, Model model) {
		show(id, deploy, cluster, act, model);
		return "rollout-steer";
	}

	@PostMapping(CLUSTER)
	String steer(@PathVariable UUID id, @PathVariable String deploy, @PathVariable String cluster,
			@PathVariable String act, @RequestParam(defaultValue = "") String reason,
			@ModelAttribute("frame") Frame frame, Model model, HttpServletResponse response) {
		ClusterSteer steer = ClusterSteer.valueOf(act.toUpperCase(Locale.ROOT));
		return done(id, deploy, cluster, act, reason, model, response,
				() -> this.steering.steer(id, deploy, cluster, steer, frame.user(), reason.strip()));
	}

	@GetMapping(GIVE_UP)
	String askToGiveUp(@PathVariable UUID id, @PathVariable String deploy, Model model) {
		show(id, deploy, null, "give-up", model);
		return "rollout-steer";
	}

	@PostMapping(GIVE_UP)
	String giveUp(@PathVariable UUID id, @PathVariable String deploy, @RequestParam(defaultValue = "") String reason,
			@ModelAttribute("frame") Frame frame, Model model, HttpServletResponse response) {
		return done(id, deploy, null, "give-up", reason, model, response,
				() -> this.steering.giveUp(id, deploy, frame.user(), reason.strip()));
	}

	private String done(UUID id, String deploy, @Nullable String cluster, String act, String reason, Model model,
			HttpServletResponse response, Runnable work) {
		try {
			work.run();
			return "redirect:/executions/" + id;
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			response.setStatus(ex.problem().status().value());
			show(id, deploy, cluster, act, model);
			model.addAttribute("refused", ex.getMessage());
			model.addAttribute("reason", reason);
			return "rollout-steer";
		}
	}

	private void show(UUID id, String deploy, @Nullable String cluster, String act, Model model) {
		ExecutionDetail execution = this.executions.find(id)
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown", id)));
		ExecutionDetail.StageDetail stage = execution.stages()
			.stream()
			.filter((candidate) -> candidate.id().equals(deploy) && candidate.type().equals("deploy"))
			.findFirst()
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown.stage", deploy)));
		model.addAttribute("x", execution);
		model.addAttribute("stage", stage);
		model.addAttribute("act", act);
		if (cluster != null) {
			model.addAttribute("rollout", execution.clustersOf(deploy)
				.stream()
				.filter((candidate) -> candidate.cluster().equals(cluster))
				.findFirst()
				.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown.cluster", cluster))));
		}
	}

}
