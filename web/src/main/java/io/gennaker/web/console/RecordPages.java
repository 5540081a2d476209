package io.gennaker.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.audit.AuditFilter;
import io.gennaker.web.audit.AuditReads;
import io.gennaker.web.webhook.Deliveries;
import io.gennaker.web.webhook.DeliveryInbox;
import io.gennaker.web.webhook.DeliveryStatus;
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
 * What arrived from registries, and who did what.
 */
@Controller
class RecordPages {

	private static final int PAGE = 50;

	private final Deliveries deliveries;

	private final DeliveryInbox inbox;

	private final AuditReads audit;

	private final Words words;

	RecordPages(Deliveries deliveries, DeliveryInbox inbox, AuditReads audit, Words words) {
		this.deliveries = deliveries;
		this.inbox = inbox;
		this.audit = audit;
		this.words = words;
	}

	@GetMapping("/deliveries")
	String deliveries(@RequestParam(defaultValue = "") String receiver,
			@RequestParam(required = false) @Nullable DeliveryStatus status,
			@RequestParam(required = false) @Nullable UUID cursor, Model model) {
		model.addAttribute("page", this.deliveries.page(given(receiver), status, cursor, PAGE));
		model.addAttribute("receiver", receiver);
		model.addAttribute("status", status);
		model.addAttribute("cursor", cursor);
		model.addAttribute("statuses", DeliveryStatus.values());
		return "deliveries";
	}

	@GetMapping("/deliveries/{id}")
	String delivery(@PathVariable UUID id, Model model) {
		model.addAttribute("detail", this.deliveries.find(id)
			.orElseThrow(() -> new NotFoundException(this.words.text("delivery.unknown", id))));
		return "delivery";
	}

	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/deliveries/{id}/replay")
	String replay(@PathVariable UUID id, @ModelAttribute("frame") Frame frame) {
		return "redirect:/deliveries/" + this.inbox.replay(id, frame.user());
	}

	@GetMapping("/audit")
	String audit(@RequestParam(defaultValue = "") String actor, @RequestParam(defaultValue = "") String action,
			@RequestParam(defaultValue = "") String subject, @RequestParam(defaultValue = "") String outcome,
			@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until,
			@RequestParam(required = false) @Nullable Long cursor, Model model) {
		AuditFilter filter = new AuditFilter(given(actor), given(action), given(subject), given(outcome), day(from, 0),
				day(until, 1));
		model.addAttribute("page", this.audit.page(filter, cursor, PAGE));
		model.addAttribute("filter", filter);
		model.addAttribute("from", from);
		model.addAttribute("until", until);
		model.addAttribute("cursor", cursor);
		return "audit";
	}

	private static @Nullable String given(String text) {
		return text.isBlank() ? null : text.strip();
	}

	/** A day as a date field gives it, in UTC; what is no date does not narrow. */
	private static @Nullable Instant day(String text, int later) {
		try {
			return text.isBlank() ? null
					: LocalDate.parse(text.strip()).plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
