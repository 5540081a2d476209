package io.gennaker.web.drift;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.release.Drift;
import io.gennaker.web.release.DriftReads;
import io.swagger.v3.oas.annotations.Operation;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Drift over HTTP.
 */
@RestController
@RequestMapping("/api/v1/releases")
class DriftController {

	private final DriftWatch watch;

	private final DriftReads reads;

	DriftController(DriftWatch watch, DriftReads reads) {
		this.watch = watch;
		this.reads = reads;
	}

	@Operation(summary = "How a release compared with its cluster, object by object")
	@PreAuthorize("hasRole('VIEWER')")
	@GetMapping("/{cluster}/{namespace}/{release}/drift")
	Drift find(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release) {
		return this.reads.of(cluster, namespace, release)
			.orElseThrow(() -> new NotFoundException("Nobody has compared a release " + release + " in namespace "
					+ namespace + " of " + cluster + " yet."));
	}

	@Operation(summary = "Compares one release with its cluster now")
	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/{cluster}/{namespace}/{release}/drift")
	Drift look(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release) {
		this.watch.look(cluster, namespace, release);
		return find(cluster, namespace, release);
	}

	@Operation(summary = "Has every release compared with its cluster as soon as may be")
	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/drift")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Asked lookAtAll() {
		return new Asked(this.watch.askForAll());
	}

	/**
	 * What will be looked at.
	 *
	 * @param places how many releases will be compared
	 */
	record Asked(int places) {
	}

}
