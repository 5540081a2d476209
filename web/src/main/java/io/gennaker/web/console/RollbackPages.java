package io.gennaker.web.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.rollback.ReturnPreview;
import io.gennaker.web.rollback.RollbackPreviews;
import io.gennaker.web.rollback.RollbackRequest;
import io.gennaker.web.rollback.RollbackRequest.Choice;
import io.gennaker.web.rollback.RollbackRequest.Subject;
import io.gennaker.web.rollback.Rollbacks;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Rolling back: a page that says what would go where, and the button that does it.
 */
@Controller
@PreAuthorize("hasRole('ENGINEER')")
class RollbackPages {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String OF_EXECUTION = "/executions/{id}/rollback";

	private static final String OF_PLACE = "/releases/{cluster}/{namespace}/{release}/rollback";

	private static final int LONGEST_REASON = 2_000;

	private final RollbackPreviews previews;

	private final ReturnPreview changes;

	private final Rollbacks rollbacks;

	private final Words words;

	RollbackPages(RollbackPreviews previews, ReturnPreview changes, Rollbacks rollbacks, Words words) {
		this.previews = previews;
		this.changes = changes;
		this.rollbacks = rollbacks;
		this.words = words;
	}

	/**
	 * What taking an execution back would do; changes nothing.
	 */
	@GetMapping(OF_EXECUTION)
	String ask(@PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, Model model) {
		return show(new Subject.OfExecution(id), choices(form), model);
	}

	@PostMapping(OF_EXECUTION)
	String takeBack(@PathVariable UUID id, @RequestParam MultiValueMap<String, String> form,
			@ModelAttribute("frame") Frame frame, Model model, HttpServletResponse response) {
		return takeBack(new Subject.OfExecution(id), form, frame, model, response);
	}

	@GetMapping(OF_PLACE)
	String ask(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release,
			@RequestParam(required = false) @Nullable Long to, @RequestParam MultiValueMap<String, String> form,
			Model model) {
		Subject.OfPlace place = new Subject.OfPlace(cluster, namespace, release);
		return show(place, (to != null) ? List.of(new Choice(stage(place), cluster, to)) : choices(form), model);
	}

	@PostMapping(OF_PLACE)
	String takeBack(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release,
			@RequestParam MultiValueMap<String, String> form, @ModelAttribute("frame") Frame frame, Model model,
			HttpServletResponse response) {
		return takeBack(new Subject.OfPlace(cluster, namespace, release), form, frame, model, response);
	}

	/**
	 * What would change if a kept release came back, as a part of the page.
	 */
	@GetMapping("/rollback/changes/{to}")
	String changes(@PathVariable long to, Model model) {
		CompletableFuture<List<ObjectChange>> answer = new CompletableFuture<>();
		Thread.ofVirtual().name("preview of release " + to).start(() -> {
			try {
				answer.complete(this.changes.of(to).changes());
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
			model.addAttribute("unavailable", reason(ex));
		}
		return "changes";
	}

	private String reason(CompletionException ex) {
		return switch (ex.getCause()) {
			case TimeoutException _ -> this.words.text("rollback.changes.late", PATIENCE.toSeconds());
			case PreviewUnavailableException unavailable -> String.valueOf(unavailable.getMessage());
			case NotFoundException missing -> throw missing;
			case null, default -> throw ex;
		};
	}

	private String takeBack(Subject subject, MultiValueMap<String, String> form, Frame frame, Model model,
			HttpServletResponse response) {
		List<Choice> choices = choices(form);
		String reason = text(form, "reason");
		try {
			if (choices.isEmpty() && form.containsKey("chosen")) {
				return refused(subject, this.words.text("rollback.nowhere"), 422, reason, choices, model, response);
			}
			if (reason.length() > LONGEST_REASON) {
				return refused(subject, this.words.text("rollback.long", LONGEST_REASON), 422, "", choices, model,
						response);
			}
			RollbackRequest request = new RollbackRequest(subject, choices, frame.user(), reason, key(form));
			return "redirect:/executions/" + this.rollbacks.start(request).id();
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			return refused(subject, String.valueOf(ex.getMessage()), ex.problem().status().value(), reason, List.of(),
					model, response);
		}
	}

	private String refused(Subject subject, String why, int status, String reason, List<Choice> choices, Model model,
			HttpServletResponse response) {
		response.setStatus(status);
		model.addAttribute("refused", why);
		model.addAttribute("reason", reason);
		return show(subject, choices, model);
	}

	private String show(Subject subject, List<Choice> choices, Model model) {
		model.addAttribute("view", RollbackView.of(this.previews.of(subject, choices), address(subject)));
		model.addAttribute("key", StartForm.newKey());
		return "rollback";
	}

	private static String address(Subject subject) {
		return switch (subject) {
			case Subject.OfExecution(UUID id) -> UriComponentsBuilder.fromPath(OF_EXECUTION).build(id).toASCIIString();
			case Subject.OfPlace(String cluster, String namespace, String release) ->
				UriComponentsBuilder.fromPath(OF_PLACE).build(cluster, namespace, release).toASCIIString();
		};
	}

	private String stage(Subject.OfPlace place) {
		return this.previews.of(place, List.of()).places().getFirst().stage();
	}

	/**
	 * What the form says: the places that are ticked, each with its release. A page that
	 * is opened afresh says nothing, which means everywhere.
	 */
	private static List<Choice> choices(MultiValueMap<String, String> form) {
		List<Choice> choices = new ArrayList<>();
		for (String place : form.getOrDefault("place", List.of())) {
			String[] parts = place.split("/", 2);
			if (parts.length == 2) {
				choices.add(new Choice(parts[0], parts[1], number(form.getFirst("to." + place))));
			}
		}
		return choices;
	}

	private static @Nullable Long number(@Nullable String text) {
		return (text != null && text.matches("\\d{1,18}")) ? Long.valueOf(text) : null;
	}

	private static @Nullable String key(MultiValueMap<String, String> form) {
		String key = text(form, "key");
		return key.isEmpty() ? null : key;
	}

	private static String text(MultiValueMap<String, String> form, String field) {
		String text = form.getFirst(field);
		return (text != null) ? text.strip() : "";
	}

}
