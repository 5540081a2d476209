package io.gennaker.web.console;

import io.gennaker.web.execution.ExecutionFilter;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.gate.GateReads;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * What is moving, what waits for me, what runs where.
 */
@Controller
class HomePage {

	private static final int MOVING = 20;

	private static final int RECENT = 5;

	private static final int CLUSTERS = 40;

	private final ExecutionReads executions;

	private final GateReads gates;

	private final MatrixReads matrix;

	HomePage(ExecutionReads executions, GateReads gates, MatrixReads matrix) {
		this.executions = executions;
		this.gates = gates;
		this.matrix = matrix;
	}

	@GetMapping("/")
	String home(@ModelAttribute("frame") Frame frame, Model model) {
		fill(frame, model);
		return "home";
	}

	@GetMapping("/home/now")
	String now(@ModelAttribute("frame") Frame frame, Model model) {
		fill(frame, model);
		return "home :: now";
	}

	private void fill(Frame frame, Model model) {
		model.addAttribute("gates", this.gates.openFor(frame.person()));
		model.addAttribute("moving", this.executions.list(ExecutionFilter.OPEN, MOVING));
		model.addAttribute("recent",
				this.executions.list(ExecutionFilter.ALL, RECENT)
					.items()
					.stream()
					.filter((execution) -> execution.status().ended())
					.toList());
		model.addAttribute("matrix", this.matrix.read("", null, CLUSTERS));
	}

}
