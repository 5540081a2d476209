package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.chart.ChartReader;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.source.ChartDependencies.Locked;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * Puts the locked dependencies that a chart lacks into its {@code charts/}. Conditions,
 * tags and aliases are the renderer's.
 */
final class DependencyFetch {

	private static final String FILE = "file://";

	private static final String INSIDE = "chart";

	private final String source;

	private final ChartReader reader;

	private final ChartLimits limits;

	private final Contents contents;

	private final List<ChartOrigin.Dependency> earlier;

	/**
	 * For one chart.
	 * @param source whose dependencies they are, for messages
	 * @param earlier what an earlier bake used
	 */
	DependencyFetch(String source, ChartReader reader, ChartLimits limits, Contents contents,
			List<ChartOrigin.Dependency> earlier) {
		this.source = source;
		this.reader = reader;
		this.limits = limits;
		this.contents = contents;
		this.earlier = earlier;
	}

	/**
	 * The chart with all that it needs.
	 * @param content the chart's own source, which {@code file://} stays within
	 */
	Complete complete(Chart chart, SourceContent content) throws IOException {
		SortedMap<String, byte[]> files = new TreeMap<>(chart.files());
		List<ChartOrigin.Dependency> fetched = new ArrayList<>();
		for (Locked locked : new ChartDependencies(chart, this.source).missing()) {
			SourceContent found = find(locked, chart, content);
			Chart dependency = this.reader.read(found.files(), found.path(), null);
			require(locked, dependency);
			String folder = "charts/" + SourceNames.file(locked.name() + "-" + locked.version()) + "/";
			dependency.files().forEach((path, bytes) -> put(files, folder + path, bytes));
			fetched.add(new ChartOrigin.Dependency(locked.name(), locked.version(), locked.repository(), found.pin(),
					dependency.digest()));
		}
		if (fetched.isEmpty()) {
			return new Complete(chart, fetched);
		}
		requireSize(files);
		return new Complete(new Chart(chart.path(), chart.metadata(), files), fetched);
	}

	private void put(Map<String, byte[]> files, String path, byte[] bytes) {
		if (files.put(path, bytes) != null) {
			throw new BakeRefusedException(this.source + " has '" + path + "' itself and by a dependency");
		}
	}

	private SourceContent find(Locked locked, Chart chart, SourceContent content) throws IOException {
		String repository = locked.repository();
		if (repository.startsWith(FILE)) {
			return beside(repository.substring(FILE.length()), chart, content);
		}
		Pin pin = this.earlier.stream()
			.filter((each) -> each.name().equals(locked.name()) && each.version().equals(locked.version())
					&& each.repository().equals(repository) && !each.pin().isEmpty())
			.findFirst()
			.map((each) -> new Pin(each.version(), each.pin()))
			.orElse(null);
		return this.contents.of(source(locked), pin);
	}

	private ChartSource source(Locked locked) {
		String repository = locked.repository();
		if (repository.startsWith("oci://")) {
			return new ChartSource.Oci(repository.replaceAll("/+$", "") + "/" + locked.name(), locked.version(), null);
		}
		if (repository.startsWith("https://") || repository.startsWith("http://")) {
			return new ChartSource.Repository(repository, locked.name(), locked.version());
		}
		String reason = repository.isEmpty() ? " has to be in charts/, for it has no repository"
				: " has the repository '" + repository
						+ "', which only the machine knows that it was written on; write its address, or vendor it in charts/";
		throw new BakeRefusedException(this.source + ": the dependency " + locked.name() + reason);
	}

	/** Within the chart if the path stays there, else beside it in the same source. */
	private SourceContent beside(String relative, Chart chart, SourceContent content) throws IOException {
		boolean outside = relative.startsWith("/") || Arrays.asList(relative.split("/")).contains("..");
		if (outside) {
			return content.neighbours().at(relative);
		}
		String path = RelativePath.resolve("", relative);
		Map<String, byte[]> placed = new TreeMap<>();
		chart.files().forEach((file, bytes) -> placed.put(INSIDE + "/" + file, bytes));
		return new SourceContent(new PipelineFiles(placed), INSIDE + "/" + path, "", SourceContent.Neighbours.NONE);
	}

	private void require(Locked locked, Chart dependency) {
		String name = dependency.metadata().name();
		String version = dependency.metadata().version();
		boolean same = version.equals(locked.version()) || Version.parse(version)
			.flatMap((found) -> Version.parse(locked.version()).map((wanted) -> found.compareTo(wanted) == 0))
			.orElse(false);
		if (!name.equals(locked.name()) || !same) {
			throw new BakeRefusedException(
					this.source + ": the dependency " + locked.name() + " is locked at " + locked.version() + ", but "
							+ locked.repository() + " has " + name + " " + version + "; run 'helm dependency update'");
		}
	}

	private void requireSize(Map<String, byte[]> files) {
		long bytes = files.values().stream().mapToLong((content) -> content.length).sum();
		if (bytes > this.limits.bytes() || files.size() > this.limits.entries()) {
			throw new BakeRefusedException(this.source + " with its dependencies is larger than "
					+ this.limits.bytes() / 1024 + " KiB or " + this.limits.entries() + " files, which are the limits");
		}
	}

	/**
	 * Gets charts from elsewhere.
	 */
	@FunctionalInterface
	interface Contents {

		SourceContent of(ChartSource source, @Nullable Pin pin) throws IOException;

	}

	/**
	 * A chart with its dependencies.
	 *
	 * @param dependencies those that were not vendored
	 */
	record Complete(Chart chart, List<ChartOrigin.Dependency> dependencies) {
	}

}
