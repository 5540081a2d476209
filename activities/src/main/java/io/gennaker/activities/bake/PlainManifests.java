package io.gennaker.activities.bake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartMetadata;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import io.gennaker.pipelines.language.PipelineFiles;

/**
 * The folders of plain manifests of one bake, each read once.
 */
final class PlainManifests {

	/** Stands for a renderer where nothing is rendered. */
	static final String NAME = "plain manifests";

	private final PipelineFiles revision;

	private final Map<String, Folder> folders = new HashMap<>();

	PlainManifests(PipelineFiles revision) {
		this.revision = revision;
	}

	/**
	 * The files of a folder, as a chart that rendered to them.
	 * @throws BakeRefusedException if there are none
	 */
	synchronized RenderedChart read(String path) {
		return this.folders
			.computeIfAbsent(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, this::open)
			.content();
	}

	private Folder open(String path) {
		SortedMap<String, byte[]> files = new TreeMap<>();
		List<RenderedFile> texts = new ArrayList<>();
		this.revision.all().tailMap(path + "/").forEach((name, bytes) -> {
			if (name.startsWith(path + "/") && name.matches(".*\\.(ya?ml|json)")) {
				files.put(name, bytes);
				texts.add(new RenderedFile(name, false, String.valueOf(this.revision.text(name))));
			}
		});
		if (files.isEmpty()) {
			throw new BakeRefusedException(
					"there are no .yaml, .yml or .json files in a folder " + path + " among the pipeline's files");
		}
		return new Folder(new Chart(path, new ChartMetadata(path, "", false), files).digest(),
				new RenderedChart(texts, ""));
	}

	synchronized String names() {
		return this.folders.keySet().stream().sorted().collect(Collectors.joining(", "));
	}

	synchronized String digests() {
		return this.folders.values().stream().map(Folder::digest).distinct().sorted().collect(Collectors.joining(", "));
	}

	/**
	 * A folder that is in use.
	 *
	 * @param digest the SHA-256 of its files
	 */
	private record Folder(String digest, RenderedChart content) {
	}

}
