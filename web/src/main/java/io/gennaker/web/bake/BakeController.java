package io.gennaker.web.bake;

import java.util.List;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Bakes over HTTP.
 */
@RestController
@RequestMapping("/api/v1/executions/{id}/stages/{stage}/bake")
@PreAuthorize("hasRole('VIEWER')")
class BakeController {

	private final BakeReads bakes;

	private final BakeComparisons comparisons;

	BakeController(BakeReads bakes, BakeComparisons comparisons) {
		this.bakes = bakes;
		this.comparisons = comparisons;
	}

	/**
	 * What a bake stage left: digests per cluster, what it was made of, what was bound.
	 */
	@GetMapping
	Bake bake(@PathVariable UUID id, @PathVariable String stage) {
		return find(id, stage);
	}

	/**
	 * The manifests as a YAML stream, without the data of Secrets.
	 * @param cluster the only cluster; all without it, one after the other
	 */
	@GetMapping("/manifests")
	ResponseEntity<String> manifests(@PathVariable UUID id, @PathVariable String stage,
			@RequestParam(required = false) @Nullable String cluster) {
		List<ManifestSet> sets = find(id, stage).result()
			.manifests()
			.stream()
			.filter((set) -> cluster == null || set.cluster().equals(cluster))
			.toList();
		if (sets.isEmpty()) {
			throw new NotFoundException(
					"Stage '" + stage + "' of execution " + id + " has baked nothing for '" + cluster + "'.");
		}
		StringBuilder stream = new StringBuilder();
		sets.forEach((set) -> append(set, stream));
		String name = stage + ((cluster != null) ? "-" + cluster : "") + ".yaml";
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_YAML)
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(stream.toString());
	}

	private void append(ManifestSet set, StringBuilder stream) {
		stream.append("# cluster ")
			.append(set.cluster())
			.append(", namespace ")
			.append(set.namespace())
			.append(", release ")
			.append(set.release())
			.append(", ")
			.append(set.digest())
			.append('\n');
		this.bakes.manifests(set.digest())
			.map(ManifestDocument::of)
			.orElse(List.of())
			.forEach((document) -> stream.append("---\n").append(document.text()));
	}

	/**
	 * What this bake has that another execution's has not, object by object.
	 * @param with the other execution
	 * @param cluster the only cluster; all without it
	 */
	@GetMapping("/comparison")
	BakeComparison comparison(@PathVariable UUID id, @PathVariable String stage, @RequestParam UUID with,
			@RequestParam(required = false) @Nullable String cluster) {
		find(id, stage);
		return this.comparisons.of(id, with, stage, cluster)
			.orElseThrow(() -> new NotFoundException("Stage '" + stage + "' of execution " + with
					+ " has baked nothing, or there is no such execution."));
	}

	private Bake find(UUID id, String stage) {
		return this.bakes.find(id, stage)
			.orElseThrow(() -> new NotFoundException(
					"Stage '" + stage + "' of execution " + id + " has baked nothing, or there is no such execution."));
	}

}
