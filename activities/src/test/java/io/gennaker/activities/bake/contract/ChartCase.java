package io.gennaker.activities.bake.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.chart.ChartReader;
import io.gennaker.pipelines.language.PipelineFiles;
import org.jspecify.annotations.Nullable;

/**
 * A chart with layers of values.
 *
 * @param name what it is called in reports
 * @param chart a folder or a {@code .tgz}
 * @param values files, lowest first
 * @param expected the file with what the program gave, if that is kept
 */
record ChartCase(String name, Path chart, List<Path> values, @Nullable Path expected) {

	/**
	 * The cases of a corpus: each of its folders holds a {@code chart}, folders of layers
	 * in {@code values}, and in {@code expected} what they give.
	 */
	static List<ChartCase> corpus(Path folder) {
		List<ChartCase> cases = new ArrayList<>();
		for (Path entry : list(folder)) {
			List<String> sets = new ArrayList<>(List.of("defaults"));
			list(entry.resolve("values")).forEach((set) -> sets.add(set.getFileName().toString()));
			for (String set : sets) {
				cases.add(new ChartCase(entry.getFileName() + " with " + set, entry.resolve("chart"),
						list(entry.resolve("values").resolve(set)), entry.resolve("expected").resolve(set + ".yaml")));
			}
		}
		return cases;
	}

	/**
	 * The charts that lie in any folder, at any depth: with their defaults and, as chart
	 * repositories have it, with each file of their {@code ci/}.
	 */
	static List<ChartCase> anyFolder(Path folder) {
		List<ChartCase> cases = new ArrayList<>();
		for (Path entry : list(folder)) {
			if (entry.toString().endsWith(".tgz") || Files.exists(entry.resolve("Chart.yaml"))) {
				cases.add(new ChartCase(entry.toString(), entry, List.of(), null));
				list(entry.resolve("ci")).stream()
					.filter((file) -> file.toString().endsWith(".yaml"))
					.forEach((file) -> cases
						.add(new ChartCase(entry + " with " + file.getFileName(), entry, List.of(file), null)));
			}
			else {
				cases.addAll(anyFolder(entry));
			}
		}
		return cases;
	}

	private static List<Path> list(Path folder) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The chart as a pipeline's bake reads it.
	 */
	Chart read() throws IOException {
		String place = Files.isDirectory(this.chart) ? "chart" : "chart.tgz";
		Map<String, byte[]> files = new TreeMap<>();
		try (Stream<Path> walk = Files.walk(this.chart)) {
			for (Path file : walk.filter(Files::isRegularFile).toList()) {
				String name = this.chart.relativize(file).toString();
				files.put(name.isEmpty() ? place : place + "/" + name, Files.readAllBytes(file));
			}
		}
		return new ChartReader(ChartLimits.defaults()).read(new PipelineFiles(files), place, null);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
