package io.gennaker.web.console;

import java.util.List;

import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.console.GraphDrawing.Caption;
import io.gennaker.web.execution.ExecutionFilter;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.pipeline.PipelineDetail;
import io.gennaker.web.pipeline.PipelineReads;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The pipelines: what a start would do, how the last ones went.
 */
@Controller
class PipelinePages {

	private static final int LAST = 20;

	private final PipelineReads pipelines;

	private final ExecutionReads executions;

	private final Words words;

	PipelinePages(PipelineReads pipelines, ExecutionReads executions, Words words) {
		this.pipelines = pipelines;
		this.executions = executions;
		this.words = words;
	}

	@GetMapping("/pipelines")
	String list(Model model) {
		model.addAttribute("pipelines", this.pipelines.list(10));
		return "pipelines";
	}

	@GetMapping("/pipelines/{name}")
	String pipeline(@PathVariable String name, Model model) {
		PipelineDetail pipeline = this.pipelines.find(name)
			.orElseThrow(() -> new NotFoundException(this.words.text("pipeline.unknown", name)));
		model.addAttribute("pipeline", pipeline);
		switch (pipeline.reading()) {
			case ReadResult.Valid valid -> valid(valid.pipeline(), model);
			case ReadResult.Invalid invalid -> model.addAttribute("clusterProblems", invalid.problems());
			case null -> {
			}
		}
		model.addAttribute("executions", this.executions.list(ExecutionFilter.of(name), LAST));
		return "pipeline";
	}

	private void valid(Pipeline read, Model model) {
		model.addAttribute("model", read);
		model.addAttribute("graph", GraphLayout.draw(new StageGraph(read).columns(), this::caption));
		model.addAttribute("triggers",
				read.triggers()
					.entrySet()
					.stream()
					.map((entry) -> new TriggerLine(entry.getKey(), triggerText(entry.getValue())))
					.toList());
	}

	private Caption caption(Stage stage) {
		String note = switch (stage) {
			case Stage.Bake bake -> this.words.text("graph.bake", bake.release());
			case Stage.Deploy deploy -> this.words.text("graph.deploy", deploy.target());
			case Stage.Approval approval -> this.words.text("graph.approval", approval.count());
			case Stage.Wait wait -> this.words.text("graph.wait", this.words.duration(wait.duration()));
			case Stage.Operation operation -> this.words.text("graph.deploy", operation.target());
			case Stage.Webhook webhook -> webhook.method();
			case Stage.ChildPipeline child -> child.pipeline();
			case Stage.Undo undo -> this.words.text("graph.bake", undo.release());
		};
		return new Caption(null, note, "", false);
	}

	private String triggerText(Trigger trigger) {
		return switch (trigger) {
			case Trigger.ImagePush(List<String> artifacts, String tags) ->
				this.words.text("trigger.image", this.words.list(artifacts), tags);
			case Trigger.Drift(List<String> targets) -> this.words.text("trigger.drift", this.words.list(targets));
		};
	}

	/**
	 * A trigger in words.
	 */
	record TriggerLine(String name, String text) {
	}

}
