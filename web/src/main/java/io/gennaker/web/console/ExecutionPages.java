package io.gennaker.web.console;

import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionFilter;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Executions: where one is, and why it waits.
 */
@Controller
class ExecutionPages {

	private static final int PAGE = 30;

	private static final int EVENTS = 200;

	private final ExecutionReads executions;

	private final ExecutionViews views;

	private final PipelineReads pipelines;

	private final BakeViews bakes;

	private final Words words;

	ExecutionPages(ExecutionReads executions, ExecutionViews views, PipelineReads pipelines, BakeViews bakes,
			Words words) {
		this.executions = executions;
		this.views = views;
		this.pipelines = pipelines;
		this.bakes = bakes;
		this.words = words;
	}

	@GetMapping("/executions")
	String list(@RequestParam(defaultValue = "") String pipeline,
			@RequestParam(required = false) @Nullable Status status,
			@RequestParam(required = false) @Nullable UUID cursor, Model model) {
		ExecutionFilter filter = new ExecutionFilter(pipeline.isBlank() ? null : pipeline.strip(), status, false,
				cursor);
		model.addAttribute("page", this.executions.list(filter, PAGE));
		model.addAttribute("filter", filter);
		model.addAttribute("statuses", Status.values());
		model.addAttribute("pipelines", this.pipelines.list(0));
		return "executions";
	}

	@GetMapping("/executions/{id}")
	String progress(@PathVariable UUID id, @RequestParam(required = false) @Nullable String stage,
			@RequestParam(required = false) @Nullable String cluster, Model model) {
		fill(id, stage, cluster, model);
		model.addAttribute("tab", "progress");
		return "execution";
	}

	@GetMapping("/executions/{id}/live")
	String live(@PathVariable UUID id, @RequestParam(required = false) @Nullable String stage,
			@RequestParam(required = false) @Nullable String cluster, Model model) {
		fill(id, stage, cluster, model);
		model.addAttribute("tab", "progress");
		return "execution :: live";
	}

	@GetMapping("/executions/{id}/events")
	String events(@PathVariable UUID id, Model model) {
		fill(id, null, null, model);
		model.addAttribute("tab", "events");
		model.addAttribute("events", this.executions.newestEvents(id, EVENTS));
		return "execution-events";
	}

	@GetMapping("/executions/{id}/manifests")
	String manifests(@PathVariable UUID id, @RequestParam(required = false) @Nullable String digest, Model model) {
		ExecutionDetail detail = fill(id, null, null, model);
		model.addAttribute("tab", "manifests");
		model.addAttribute("bakes", this.bakes.of(detail));
		model.addAttribute("digest", digest);
		model.addAttribute("documents", this.bakes.documents(detail, digest));
		model.addAttribute("others", this.bakes.others(detail));
		return "execution-manifests";
	}

	/**
	 * What this execution baked that another one had not.
	 * @param with the other execution
	 * @param cluster the only cluster to tell of; as a part of the page where htmx asks
	 */
	@GetMapping("/executions/{id}/comparison")
	String comparison(@PathVariable UUID id, @RequestParam String stage, @RequestParam UUID with,
			@RequestParam(required = false) @Nullable String cluster,
			@RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
		ExecutionDetail detail = fill(id, null, null, model);
		ExecutionDetail other = this.executions.find(with)
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown", with)));
		model.addAttribute("tab", "manifests");
		model.addAttribute("other", other);
		model.addAttribute("stage", stage);
		model.addAttribute("clusters", this.bakes.compared(detail, other, stage, cluster));
		return (part && cluster != null) ? "execution-comparison :: cluster" : "execution-comparison";
	}

	@GetMapping("/executions/{id}/history")
	String history(@PathVariable UUID id, Model model) {
		ExecutionDetail detail = fill(id, null, null, model);
		model.addAttribute("tab", "history");
		model.addAttribute("executions", this.executions.list(ExecutionFilter.of(detail.pipeline()), PAGE));
		return "execution-history";
	}

	private ExecutionDetail fill(UUID id, @Nullable String stage, @Nullable String cluster, Model model) {
		ExecutionView view = this.views.find(id, stage, cluster)
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown", id)));
		model.addAttribute("view", view);
		model.addAttribute("x", view.detail());
		model.addAttribute("bake", this.bakes.of(view.detail(), view.stage()));
		model.addAttribute("chosenStage", stage);
		model.addAttribute("chosenCluster", cluster);
		return view.detail();
	}

}
