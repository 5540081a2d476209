package io.gennaker.web.console;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.web.preview.StagePreview;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.gate.Gate;
import io.gennaker.web.gate.GateDecisions;
import io.gennaker.web.gate.GateReads;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Gates: should this go on?
 */
@Controller
class GatePages {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final GateReads gates;

	private final GateViews views;

	private final GateDecisions decisions;

	private final StagePreview preview;

	private final ExecutionReads executions;

	private final Words words;

	GatePages(GateReads gates, GateViews views, GateDecisions decisions, StagePreview preview,
			ExecutionReads executions, Words words) {
		this.gates = gates;
		this.views = views;
		this.decisions = decisions;
		this.preview = preview;
		this.executions = executions;
		this.words = words;
	}

	@GetMapping("/gates")
	String inbox(@ModelAttribute("frame") Frame frame, Model model) {
		List<Gate> mine = this.gates.openFor(frame.person());
		model.addAttribute("mine", mine);
		model.addAttribute("others", this.gates.open().stream().filter((gate) -> !mine.contains(gate)).toList());
		return "gates";
	}

	@GetMapping("/executions/{id}/gates/{stage}")
	String gate(@PathVariable UUID id, @PathVariable String stage, @ModelAttribute("frame") Frame frame, Model model) {
		show(id, stage, frame, model);
		return "gate";
	}

	@PreAuthorize("hasRole('APPROVER')")
	@PostMapping("/executions/{id}/gates/{stage}")
	String decide(@PathVariable UUID id, @PathVariable String stage, @RequestParam String decision,
			@RequestParam(defaultValue = "") String reason, @ModelAttribute("frame") Frame frame, Model model,
			HttpServletResponse response, RedirectAttributes redirect) {
		try {
			Gate.Decision made = this.decisions.decide(id, stage, frame.user(), GateDecisions.Choice.of(decision),
					reason);
			redirect.addFlashAttribute("made", made);
			return "redirect:/executions/" + id + "/gates/" + stage;
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			response.setStatus(ex.problem().status().value());
			show(id, stage, frame, model);
			model.addAttribute("refused", ex.getMessage());
			model.addAttribute("reason", reason);
			return "gate";
		}
	}

	/**
	 * What would change in one cluster, as a part of the gate's page.
	 */
	@GetMapping("/executions/{id}/gates/{stage}/changes/{deploy}/{cluster}")
	String changes(@PathVariable UUID id, @PathVariable String stage, @PathVariable String deploy,
			@PathVariable String cluster, Model model) {
		Gate gate = this.gates.find(id, stage).orElseThrow(() -> unknown(id, stage));
		if (!gate.ahead().contains(deploy)) {
			throw unknown(id, stage);
		}
		CompletableFuture<List<ObjectChange>> answer = new CompletableFuture<>();
		Thread.ofVirtual().name("preview of " + cluster).start(() -> {
			try {
				answer.complete(this.preview.of(id, deploy, cluster).changes());
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		});
		try {
			model.addAttribute("shown",
					ShownChanges.of(answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join()));
		}
		catch (CompletionException ex) {
			model.addAttribute("unavailable", reason(ex, cluster));
		}
		return "changes";
	}

	private String reason(CompletionException ex, String cluster) {
		return switch (ex.getCause()) {
			case TimeoutException _ -> this.words.text("gate.changes.late", cluster, PATIENCE.toSeconds());
			case PreviewUnavailableException unavailable -> String.valueOf(unavailable.getMessage());
			case null, default -> throw ex;
		};
	}

	private void show(UUID id, String stage, Frame frame, Model model) {
		ExecutionDetail execution = this.executions.find(id).orElseThrow(() -> unknown(id, stage));
		model.addAttribute("x", execution);
		model.addAttribute("view",
				this.views.find(execution, stage, frame.person()).orElseThrow(() -> unknown(id, stage)));
	}

	private NotFoundException unknown(UUID id, String stage) {
		return new NotFoundException(this.words.text("gate.unknown", stage, id));
	}

}
