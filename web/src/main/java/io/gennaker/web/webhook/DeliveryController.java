package io.gennaker.web.webhook;

import java.util.UUID;

import io.gennaker.web.api.Page;
import io.gennaker.web.security.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What arrived, what it did, do it again.
 */
@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveryController {

	private final Deliveries deliveries;

	private final DeliveryInbox inbox;

	private final CurrentUser user;

	DeliveryController(Deliveries deliveries, DeliveryInbox inbox, CurrentUser user) {
		this.deliveries = deliveries;
		this.inbox = inbox;
		this.user = user;
	}

	@Operation(summary = "Deliveries, newest first")
	@PreAuthorize("hasRole('VIEWER')")
	@GetMapping
	Page<Delivery> list(@RequestParam(required = false) @Nullable String receiver,
			@RequestParam(required = false) @Nullable DeliveryStatus status,
			@RequestParam(required = false) @Nullable UUID cursor,
			@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
		return this.deliveries.page(receiver, status, cursor, limit);
	}

	@Operation(summary = "One delivery with its payload")
	@PreAuthorize("hasRole('VIEWER')")
	@GetMapping("/{id}")
	Delivery.Detail find(@PathVariable UUID id) {
		return this.deliveries.find(id).orElseThrow(() -> Deliveries.unknown(id));
	}

	@Operation(summary = "Works a delivery off once more; it may start executions again")
	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/{id}/replay")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Replayed replay(@PathVariable UUID id) {
		return new Replayed(this.inbox.replay(id, this.user.getName()), id);
	}

	/**
	 * A delivery that repeats another.
	 */
	record Replayed(UUID id, UUID replayOf) {
	}

}
