package io.gennaker.web.restart;

import java.net.URI;
import java.security.Principal;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.execution.StartedExecution;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Restarts over HTTP.
 */
@RestController
class RestartController {

	private final Restarts restarts;

	RestartController(Restarts restarts) {
		this.restarts = restarts;
	}

	/**
	 * Starts an execution again from a stage: 201, or 200 where an earlier request with
	 * the same key did it.
	 */
	@PostMapping("/api/v1/executions/{id}/restart")
	@PreAuthorize("hasRole('ENGINEER')")
	ResponseEntity<StartedExecution> restart(@PathVariable UUID id, @RequestBody RestartBody body,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, Principal principal) {
		StartedExecution started = this.restarts.start(new RestartRequest(id, body.stage(),
				Boolean.TRUE.equals(body.allowOlder()), principal.getName(), body.text(), key));
		return ResponseEntity.status(started.created() ? HttpStatus.CREATED : HttpStatus.OK)
			.location(URI.create("/api/v1/executions/" + started.id()))
			.body(started);
	}

	/**
	 * What a caller says of a restart.
	 */
	record RestartBody(@Nullable String from, @JsonProperty("allow-older") @Nullable Boolean allowOlder,
			@Nullable String reason, @JsonAnySetter @Nullable Map<String, @Nullable Object> others) {

		private static final int LONGEST = 2_000;

		String stage() {
			if (this.others != null && !this.others.isEmpty()) {
				throw new InvalidParameterException(this.others.keySet().iterator().next(),
						"is not known here; there are 'from', 'allow-older' and 'reason'");
			}
			if (this.from == null || this.from.isBlank()) {
				throw new InvalidParameterException("from", "must name the stage to start again from");
			}
			return this.from;
		}

		String text() {
			String text = (this.reason != null) ? this.reason.strip() : "";
			if (text.length() > LONGEST) {
				throw new InvalidParameterException("reason", "has more than " + LONGEST + " characters");
			}
			return text;
		}

	}

}
