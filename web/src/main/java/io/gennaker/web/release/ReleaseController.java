package io.gennaker.web.release;

import java.util.List;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What runs where, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/releases")
class ReleaseController {

	private static final int MOST = 200;

	private final ReleaseReads reads;

	ReleaseController(ReleaseReads reads) {
		this.reads = reads;
	}

	/**
	 * The newest release of every place.
	 */
	@GetMapping
	@PreAuthorize("hasRole('VIEWER')")
	List<Release> current() {
		return this.reads.current();
	}

	/**
	 * The releases of one place, newest first.
	 */
	@GetMapping("/{cluster}/{namespace}/{release}")
	@PreAuthorize("hasRole('VIEWER')")
	List<Release> history(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release,
			@RequestParam(defaultValue = "20") int limit) {
		return this.reads.history(cluster, namespace, release, Math.clamp(limit, 1, MOST));
	}

}
