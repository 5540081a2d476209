package io.gennaker.activities.bake.chart;

import java.util.SortedMap;
import java.util.TreeMap;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chart, a folder or a {@code .tgz}, from the files of a pipeline's revision.
 */
public final class ChartReader {

	private final ChartLimits limits;

	public ChartReader(ChartLimits limits) {
		this.limits = limits;
	}

	/**
	 * Reads and checks.
	 * @param path a folder or a {@code .tgz} in the pipeline's folder
	 * @param version what the chart's version must be, if that matters
	 * @throws BakeRefusedException if there is none, it is not a chart, holds links or
	 * paths that lead elsewhere, passes a limit, or has another version
	 */
	public Chart read(PipelineFiles files, String path, @Nullable String version) {
		String place = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		ChartBudget budget = new ChartBudget(place, this.limits);
		byte[] archive = files.bytes(place);
		SortedMap<String, byte[]> content = (archive != null) ? new ChartArchive(place, budget).read(archive)
				: folder(files, place, budget);
		Chart chart = new Chart(place, metadata(content, place), new Subcharts(budget).unpacked(content));
		if (version != null && !version.equals(chart.metadata().version())) {
			throw new BakeRefusedException("chart " + place + " has version " + chart.metadata().version()
					+ ", but the stage wants " + version);
		}
		return chart;
	}

	private static ChartMetadata metadata(SortedMap<String, byte[]> content, String place) {
		byte[] yaml = content.get(ChartMetadata.FILE);
		if (yaml == null) {
			throw new BakeRefusedException(place + " is not a chart: it has no " + ChartMetadata.FILE);
		}
		return ChartMetadata.read(place + "/" + ChartMetadata.FILE, yaml);
	}

	private static SortedMap<String, byte[]> folder(PipelineFiles files, String place, ChartBudget budget) {
		String prefix = place + "/";
		SortedMap<String, byte[]> all = new TreeMap<>();
		files.all().tailMap(prefix).forEach((name, bytes) -> {
			if (name.startsWith(prefix)) {
				all.put(name.substring(prefix.length()), bytes);
			}
		});
		if (all.isEmpty()) {
			throw new BakeRefusedException("there is no chart " + place + " among the pipeline's files");
		}
		SortedMap<String, byte[]> kept = HelmIgnore.of(all, place).kept(all);
		kept.forEach((name, bytes) -> {
			budget.entry(name);
			budget.bytes(bytes.length);
		});
		return kept;
	}

}
