package io.gennaker.web.audit;

import java.time.Instant;

import io.gennaker.web.api.Page;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who did what.
 */
@RestController
class AuditController {

	private final AuditReads audit;

	AuditController(AuditReads audit) {
		this.audit = audit;
	}

	@Operation(summary = "Audit entries, newest first")
	@PreAuthorize("hasRole('VIEWER')")
	@GetMapping("/api/v1/audit")
	Page<AuditEntry> list(@RequestParam(required = false) @Nullable String actor,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String outcome,
			@RequestParam(required = false) @Nullable Instant from,
			@RequestParam(required = false) @Nullable Instant until,
			@RequestParam(required = false) @Nullable Long cursor,
			@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
		return this.audit.page(new AuditFilter(actor, action, subject, outcome, from, until), cursor, limit);
	}

}
