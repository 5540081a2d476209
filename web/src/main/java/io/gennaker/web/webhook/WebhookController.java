package io.gennaker.web.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.Problem;
import io.gennaker.web.audit.Audit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the events of registries.
 */
@RestController
class WebhookController {

	private static final Log log = LogFactory.getLog(WebhookController.class);

	private final Receivers receivers;

	private final DeliveryInbox inbox;

	private final WebhookLimits limits;

	private final Audit audit;

	WebhookController(Receivers receivers, DeliveryInbox inbox, WebhookLimits limits, Audit audit) {
		this.receivers = receivers;
		this.inbox = inbox;
		this.limits = limits;
		this.audit = audit;
	}

	@Operation(summary = "Takes a registry's event; answered once it is stored")
	@SecurityRequirements
	@PreAuthorize("permitAll()")
	@PostMapping("/webhooks/{receiver}/{token}")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Accepted receive(@PathVariable String receiver, @PathVariable String token, HttpServletRequest request)
			throws IOException {
		String address = request.getRemoteAddr();
		Receiver known = this.receivers.admit(receiver, token).orElseThrow(() -> stranger(address));
		checkLimit(this.limits.known().take(known.name() + "\n" + address));
		try {
			String payload = Payloads.read(request);
			return new Accepted(this.inbox.store(known, String.valueOf(request.getContentType()), payload));
		}
		catch (WebhookRefusedException exception) {
			this.audit.record(known.name(), "webhook.receive", "receiver:" + known.name(), "refused",
					"from " + address + ": " + exception.getMessage());
			throw exception;
		}
	}

	/**
	 * An unknown receiver and a wrong token look the same. Whoever guesses is slowed
	 * down, and nobody else at the same address is.
	 */
	private RuntimeException stranger(String address) {
		checkLimit(this.limits.strangers().take(address));
		log.info("A webhook from " + address + " named no receiver with its token");
		return new NotFoundException("There is no such receiver, or this is not its token.");
	}

	private static void checkLimit(Duration wait) {
		if (wait.isPositive()) {
			throw new WebhookRefusedException(Problem.TOO_MANY_REQUESTS,
					"Too many deliveries from this address at once. Send it again later.", wait.plusMillis(999));
		}
	}

	/**
	 * A stored delivery.
	 */
	record Accepted(UUID id) {
	}

}
