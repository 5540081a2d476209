package io.gennaker.web.console;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.pipeline.PipelineSummary;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The choice of language and the search field.
 */
@Controller
class SmallPages {

	private static final Pattern NUMBERED = Pattern.compile("([a-z0-9-]+)\\s*#?\\s*(\\d{1,15})");

	private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private final LocaleResolver locales;

	private final PipelineReads pipelines;

	private final ExecutionReads executions;

	SmallPages(LocaleResolver locales, PipelineReads pipelines, ExecutionReads executions) {
		this.locales = locales;
		this.pipelines = pipelines;
		this.executions = executions;
	}

	@PreAuthorize("permitAll()")
	@PostMapping("/language")
	String language(@RequestParam String language, @RequestParam(defaultValue = "/") String to,
			HttpServletRequest request, HttpServletResponse response) {
		Locale chosen = ConsoleConfiguration.LANGUAGES.stream()
			.filter((locale) -> locale.toLanguageTag().equals(language))
			.findFirst()
			.orElse(Locale.ENGLISH);
		this.locales.setLocale(request, response, chosen);
		return "redirect:" + (local(to) ? to : "/");
	}

	/**
	 * Whether an address leads to this service: a browser takes two slashes, or a slash
	 * and a backslash, for another host.
	 */
	static boolean local(String address) {
		return address.startsWith("/") && !address.startsWith("//") && address.indexOf('\\') < 0
				&& address.chars().noneMatch(Character::isISOControl);
	}

	@GetMapping("/search")
	String search(@RequestParam(defaultValue = "") String q, Model model) {
		String text = q.strip().toLowerCase(Locale.ROOT);
		if (UUID_TEXT.matcher(text).matches() && this.executions.status(UUID.fromString(text)).isPresent()) {
			return "redirect:/executions/" + text;
		}
		Matcher numbered = NUMBERED.matcher(text);
		if (numbered.matches()) {
			UUID id = this.executions.idOf(numbered.group(1), Long.parseLong(numbered.group(2))).orElse(null);
			if (id != null) {
				return "redirect:/executions/" + id;
			}
		}
		List<PipelineSummary> found = this.pipelines.list(10)
			.stream()
			.filter((pipeline) -> pipeline.name().contains(text)
					|| pipeline.description().toLowerCase(Locale.ROOT).contains(text))
			.toList();
		if (found.size() == 1) {
			return "redirect:"
					+ UriComponentsBuilder.fromPath("/pipelines/{name}").build(found.getFirst().name()).toASCIIString();
		}
		model.addAttribute("q", q);
		model.addAttribute("pipelines", found);
		return "search";
	}

}
