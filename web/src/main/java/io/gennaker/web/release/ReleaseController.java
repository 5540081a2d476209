package io.gennaker.web.release;

import java.util.List;
import java.util.Map;

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

	private final DriftReads drift;

	ReleaseController(ReleaseReads reads, DriftReads drift) {
		this.reads = reads;
		this.drift = drift;
	}

	/**
	 * The newest release of every place, and how it compares with its cluster.
	 */
	@GetMapping
	@PreAuthorize("hasRole('VIEWER')")
	List<ReleaseAnswer> current() {
		Map<Drift.Place, Drift.Standing> standings = this.drift.all();
		return this.reads.current()
			.stream()
			.map((release) -> ReleaseAnswer.of(release,
					standings.get(new Drift.Place(release.cluster(), release.namespace(), release.release()))))
			.toList();
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
