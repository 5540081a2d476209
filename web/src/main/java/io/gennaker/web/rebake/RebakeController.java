package io.gennaker.web.rebake;

import java.util.UUID;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Comparisons over HTTP.
 */
@RestController
class RebakeController {

	private final RepeatedBakes rebakes;

	RebakeController(RepeatedBakes rebakes) {
		this.rebakes = rebakes;
	}

	/**
	 * Makes a bake again from what was recorded of it, and compares. Nothing is written,
	 * and nothing changes.
	 */
	@PostMapping("/api/v1/executions/{id}/stages/{stage}/rebake")
	@PreAuthorize("hasRole('ENGINEER')")
	Comparison rebake(@PathVariable UUID id, @PathVariable String stage) {
		return this.rebakes.compare(id, stage);
	}

}
