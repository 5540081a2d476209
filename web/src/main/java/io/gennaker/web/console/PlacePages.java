package io.gennaker.web.console;

import java.util.List;
import java.util.Locale;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.inventory.Inventory.Reachability;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Clusters, and which release runs where.
 */
@Controller
class PlacePages {

	private static final int PAGE = 100;

	private static final int HISTORY = 50;

	private final Inventory inventory;

	private final ReleaseReads releases;

	private final MatrixReads matrix;

	private final Words words;

	PlacePages(Inventory inventory, ReleaseReads releases, MatrixReads matrix, Words words) {
		this.inventory = inventory;
		this.releases = releases;
		this.matrix = matrix;
		this.words = words;
	}

	@GetMapping("/clusters")
	String clusters(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) @Nullable String after,
			Model model) {
		String text = q.strip().toLowerCase(Locale.ROOT);
		List<Reachability> found = this.inventory.reachability()
			.stream()
			.filter((place) -> place.cluster().name().contains(text)
					|| place.cluster().region().toLowerCase(Locale.ROOT).contains(text))
			.toList();
		List<String> names = found.stream().map((place) -> place.cluster().name()).toList();
		int start = (after != null) ? names.indexOf(after) + 1 : 0;
		List<Reachability> page = found.subList(start, Math.min(found.size(), start + PAGE));
		model.addAttribute("q", q);
		model.addAttribute("clusters", page);
		model.addAttribute("next", (start + PAGE < found.size()) ? page.getLast().cluster().name() : null);
		model.addAttribute("releases", this.releases.current());
		return "clusters";
	}

	@GetMapping("/clusters/{name}")
	String cluster(@PathVariable String name, Model model) {
		Reachability cluster = this.inventory.reachability()
			.stream()
			.filter((place) -> place.cluster().name().equals(name))
			.findFirst()
			.orElseThrow(() -> new NotFoundException(this.words.text("cluster.unknown", name)));
		model.addAttribute("place", cluster);
		model.addAttribute("matrix", this.matrix.of(name));
		model.addAttribute("history", this.releases.history(name, HISTORY));
		return "cluster";
	}

	@GetMapping("/releases")
	String releases(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) @Nullable String after,
			Model model) {
		model.addAttribute("q", q);
		model.addAttribute("matrix", this.matrix.read(q.strip().toLowerCase(Locale.ROOT), after, PAGE));
		return "releases";
	}

	@GetMapping("/releases/{cluster}/{namespace}/{release}")
	String history(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release,
			Model model) {
		List<Release> history = this.releases.history(cluster, namespace, release, HISTORY);
		if (history.isEmpty()) {
			throw new NotFoundException(this.words.text("release.unknown", release, namespace, cluster));
		}
		model.addAttribute("history", history);
		return "release";
	}

}
