package io.gennaker.web.bake;

import java.util.UUID;

import io.gennaker.web.api.NotFoundException;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Bakes over HTTP.
 */
@RestController
class BakeController {

	private final BakeReads bakes;

	BakeController(BakeReads bakes) {
		this.bakes = bakes;
	}

	/**
	 * What a bake stage left, and what it was made of.
	 */
	@GetMapping("/api/v1/executions/{id}/stages/{stage}/bake")
	@PreAuthorize("hasRole('VIEWER')")
	BakeAnswer bake(@PathVariable UUID id, @PathVariable String stage) {
		return this.bakes.find(id, stage)
			.map(BakeAnswer::of)
			.orElseThrow(() -> new NotFoundException("Stage '" + stage + "' of execution " + id + " has no bake."));
	}

}
