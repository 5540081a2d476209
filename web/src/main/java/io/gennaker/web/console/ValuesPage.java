package io.gennaker.web.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.gennaker.activities.bake.values.ValuesExplanation.Entry;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.values.ExplainedValues;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The values of one cluster's bake: which layer won?
 */
@Controller
class ValuesPage {

	/** Groups of more keys than this are folded at first. */
	private static final int UNFOLDED = 12;

	private final ExecutionViews views;

	private final ExplainedValues values;

	private final Words words;

	ValuesPage(ExecutionViews views, ExplainedValues values, Words words) {
		this.views = views;
		this.values = values;
		this.words = words;
	}

	@GetMapping("/executions/{id}/values")
	String values(@PathVariable UUID id, @RequestParam(defaultValue = "") String stage,
			@RequestParam(defaultValue = "") String cluster, @RequestParam(defaultValue = "") String key, Model model) {
		if (stage.isBlank() || cluster.isBlank()) {
			return "redirect:/executions/" + id + "/manifests";
		}
		ExecutionView view = this.views.find(id, null, null)
			.orElseThrow(() -> new NotFoundException(this.words.text("execution.unknown", id)));
		model.addAttribute("view", view);
		model.addAttribute("x", view.detail());
		model.addAttribute("tab", "manifests");
		model.addAttribute("stage", stage);
		model.addAttribute("cluster", cluster);
		model.addAttribute("key", key);
		Map<String, List<Entry>> groups = groups(this.values.of(id, stage, cluster).entries(), key.strip());
		model.addAttribute("groups", groups);
		model.addAttribute("open", !key.isBlank() || groups.values().stream().mapToInt(List::size).sum() <= UNFOLDED);
		return "execution-values";
	}

	private static Map<String, List<Entry>> groups(List<Entry> entries, String filter) {
		String wanted = filter.toLowerCase(Locale.ROOT);
		return entries.stream()
			.filter((entry) -> entry.key().toLowerCase(Locale.ROOT).contains(wanted))
			.collect(
					Collectors.groupingBy((entry) -> entry.path().getFirst(), LinkedHashMap::new, Collectors.toList()));
	}

}
