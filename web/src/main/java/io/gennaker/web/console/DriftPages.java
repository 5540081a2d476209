package io.gennaker.web.console;

import java.util.List;

import io.gennaker.activities.rollout.DriftLook.DriftedObject;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.drift.DriftWatch;
import io.gennaker.web.release.Drift;
import io.gennaker.web.release.DriftReads;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What of a release is not as it was released.
 */
@Controller
class DriftPages {

	private static final int FEW = 20;

	private final ReleaseReads releases;

	private final DriftReads drift;

	private final DriftWatch watch;

	private final Words words;

	DriftPages(ReleaseReads releases, DriftReads drift, DriftWatch watch, Words words) {
		this.releases = releases;
		this.drift = drift;
		this.watch = watch;
		this.words = words;
	}

	@GetMapping("/releases/{cluster}/{namespace}/{release}/drift")
	String drift(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release,
			Model model) {
		Release running = this.releases.current(cluster, namespace, release)
			.orElseThrow(() -> new NotFoundException(this.words.text("release.unknown", release, namespace, cluster)));
		Drift found = this.drift.of(cluster, namespace, release).orElse(null);
		List<DriftedObject> objects = (found != null) ? found.objects() : List.of();
		model.addAttribute("running", running);
		model.addAttribute("drift", (found != null) ? found.standing() : null);
		model.addAttribute("objects", objects.stream().map(Shown::of).toList());
		model.addAttribute("few", objects.size() <= FEW);
		return "drift";
	}

	@PreAuthorize("hasRole('ENGINEER')")
	@PostMapping("/releases/{cluster}/{namespace}/{release}/drift")
	String look(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release) {
		this.watch.look(cluster, namespace, release);
		return "redirect:" + UriComponentsBuilder.fromPath("/releases/{cluster}/{namespace}/{release}/drift")
			.buildAndExpand(cluster, namespace, release)
			.encode()
			.toUriString();
	}

	/**
	 * An object that is not as it was released, with its difference in lines.
	 */
	record Shown(DriftedObject object, List<DiffLine> lines) {

		private static final int OPEN = 200;

		static Shown of(DriftedObject object) {
			return new Shown(object, DiffLine.of(object.diff()));
		}

		/**
		 * Whether the difference is short enough to stand open.
		 */
		public boolean open() {
			return this.lines.size() <= OPEN;
		}

	}

}
