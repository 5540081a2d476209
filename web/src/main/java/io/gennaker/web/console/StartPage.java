package io.gennaker.web.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.UnavailableException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.pipeline.PipelineDetail;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.preview.PlanQuestion;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.release.ReleaseRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The form that starts an execution: which images, with which parameters, where to.
 */
@Controller
class StartPage {

	private final PipelineReads pipelines;

	private final ExecutionReads executions;

	private final ReleaseReads releases;

	private final Inventory inventory;

	private final TagChoices tags;

	private final ExecutionStarter starter;

	private final PlanViews plans;

	private final Words words;

	StartPage(PipelineReads pipelines, ExecutionReads executions, ReleaseReads releases, Inventory inventory,
			TagChoices tags, ExecutionStarter starter, PlanViews plans, Words words) {
		this.pipelines = pipelines;
		this.executions = executions;
		this.releases = releases;
		this.inventory = inventory;
		this.tags = tags;
		this.starter = starter;
		this.plans = plans;
		this.words = words;
	}

	/**
	 * The form, filled in with the defaults or with what an earlier execution had.
	 * @param from the earlier execution
	 * @param exact whether to take the very images that it ran with, not what was chosen
	 */
	@GetMapping("/pipelines/{name}/start")
	String form(@PathVariable String name, @RequestParam(required = false) @Nullable UUID from,
			@RequestParam(defaultValue = "false") boolean exact, Model model) {
		ExecutionDetail earlier = (from != null) ? this.executions.find(from).orElse(null) : null;
		if (earlier == null || !earlier.pipeline().equals(name)) {
			return show(name, StartForm.fresh(), null, model);
		}
		model.addAttribute("earlier", earlier);
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		earlier.parameters().forEach((key, value) -> parameters.put(key, texts(value)));
		return show(name, new StartForm(parameters, exact ? images(earlier) : earlier.artifacts(), Map.of(), false,
				StartForm.newKey()), null, model);
	}

	@GetMapping("/pipelines/{name}/start/tags/{component}")
	String tags(@PathVariable String name, @PathVariable String component,
			@RequestParam(defaultValue = "") String chosen, Model model) {
		Artifact artifact = model(pipeline(name)).artifacts().get(component);
		if (artifact == null) {
			throw new NotFoundException(this.words.text("start.component.unknown", component, name));
		}
		TagChoices.Answer answer = this.tags.of(artifact.image());
		model.addAttribute("component", component);
		model.addAttribute("artifact", artifact);
		model.addAttribute("chosen", chosen);
		switch (answer) {
			case TagChoices.Answer.Tags found -> model.addAttribute("tags", found.tags());
			case TagChoices.Answer.Refused refused -> model.addAttribute("refused", refused.message());
			case TagChoices.Answer.Late late -> model.addAttribute("late", late.seconds());
		}
		return "start :: choices";
	}

	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/pipelines/{name}/start")
	String start(@PathVariable String name, @RequestParam MultiValueMap<String, String> form,
			@ModelAttribute("frame") Frame frame, Model model, HttpServletResponse response) {
		Pipeline pipeline = model(pipeline(name));
		StartForm filled = StartForm.of(form);
		try {
			StartRequest request = new StartRequest(name, filled.parameters(pipeline), filled.references(),
					new ReleaseRequest.Trigger("manual", frame.user(), List.of(), Map.of()), filled.key(),
					filled.allowOlder());
			return "redirect:/executions/" + this.starter.start(request).id();
		}
		catch (StartRefusedException ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return show(name, filled, ex, model);
		}
	}

	/**
	 * What a start with the form as it is filled in would change: as a part of the page
	 * where htmx asks, else the page with it.
	 * @param cluster the only cluster to tell of, with all that would change there
	 */
	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/pipelines/{name}/start/plan")
	String plan(@PathVariable String name, @RequestParam MultiValueMap<String, String> form,
			@RequestParam(required = false) @Nullable String cluster,
			@RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
			@ModelAttribute("frame") Frame frame, Model model) {
		Pipeline pipeline = model(pipeline(name));
		StartForm filled = StartForm.of(form);
		StartRefusedException refusal = null;
		try {
			PlanQuestion question = new PlanQuestion(name, filled.parameters(pipeline), filled.references(),
					frame.user(), cluster, cluster != null);
			model.addAttribute("plan", this.plans.of(question));
		}
		catch (StartRefusedException ex) {
			model.addAttribute("planRefused", ex.getMessage());
			model.addAttribute("planProblems", ex.problems());
			refusal = ex;
		}
		catch (UnavailableException ex) {
			model.addAttribute("planRefused", ex.getMessage());
		}
		model.addAttribute("name", name);
		if (part) {
			return (cluster != null) ? "plan :: cluster" : "plan :: plan";
		}
		return show(name, filled, refusal, model);
	}

	private String show(String name, StartForm filled, @Nullable StartRefusedException refusal, Model model) {
		PipelineDetail detail = pipeline(name);
		Pipeline pipeline = model(detail);
		Map<String, String> problems = (refusal != null) ? refusal.problems() : Map.of();
		model.addAttribute("pipeline", detail);
		model.addAttribute("description", pipeline.description());
		model.addAttribute("fields",
				ParameterField.of(pipeline, this.inventory.clusters(), filled.parameters(), problems));
		model.addAttribute("artifacts",
				ArtifactField.of(pipeline, this.releases.current(), filled.chosen(), filled.typed(), problems));
		model.addAttribute("refusal", (refusal != null) ? refusal.getMessage() : null);
		model.addAttribute("otherProblems", problems.entrySet()
			.stream()
			.filter((problem) -> !pipeline.parameters().containsKey(problem.getKey().replaceFirst("^parameters\\.", ""))
					&& !pipeline.artifacts().containsKey(problem.getKey().replaceFirst("^artifacts\\.", "")))
			.map((problem) -> problem.getKey() + ": " + problem.getValue())
			.toList());
		model.addAttribute("key", filled.key());
		model.addAttribute("allowOlder", filled.allowOlder());
		return "start";
	}

	private PipelineDetail pipeline(String name) {
		return this.pipelines.find(name)
			.orElseThrow(() -> new NotFoundException(this.words.text("pipeline.unknown", name)));
	}

	private Pipeline model(PipelineDetail detail) {
		if (detail.reading() instanceof ReadResult.Valid(Pipeline pipeline)) {
			return pipeline;
		}
		throw new ConflictException(this.words.text("start.invalid", detail.name()));
	}

	private static Map<String, String> images(ExecutionDetail earlier) {
		Map<String, String> images = new LinkedHashMap<>(earlier.artifacts());
		if (earlier.bindings() != null) {
			for (BoundArtifact artifact : earlier.bindings().common().values()) {
				images.put(artifact.component(), artifact.digest());
			}
		}
		return images;
	}

	private static List<String> texts(Object value) {
		return (value instanceof List<?> list) ? list.stream().map(String::valueOf).toList()
				: List.of(String.valueOf(value));
	}

}
