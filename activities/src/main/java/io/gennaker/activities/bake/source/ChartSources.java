package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.chart.ChartReader;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.registry.OciContents;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * Fetches charts, complete with what their lock files name, from wherever a pipeline says
 * they are. Thread-safe.
 */
public final class ChartSources {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ChartLimits limits;

	private final ChartReader reader;

	private final RegistryCharts registries;

	private final IndexedCharts repositories;

	private final GitCharts git;

	/**
	 * Sources with a cache.
	 * @throws UncheckedIOException if the cache's folder cannot be made
	 */
	public ChartSources(SourceSettings settings) {
		this.limits = settings.limits();
		this.reader = new ChartReader(this.limits);
		ChartCache cache = cache(settings.cache(), settings.cacheBytes());
		// What is larger packed is larger unpacked.
		long archive = this.limits.bytes();
		this.registries = new RegistryCharts(new OciContents(settings.registries()), cache, archive);
		AllowedHosts repositoryHosts = new AllowedHosts("gennaker.chart-repositories", settings.repositories());
		this.repositories = new IndexedCharts(new ChartDownloads(repositoryHosts, TIMEOUT), cache, archive);
		AllowedHosts gitHosts = new AllowedHosts("gennaker.git-hosts", settings.gitHosts());
		this.git = new GitCharts(new GitRemotes(gitHosts, settings.cache().resolve("fetching")), cache, this.limits);
	}

	private static ChartCache cache(Path folder, long bytes) {
		try {
			return new ChartCache(folder, bytes, Clock.systemUTC());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The folder " + folder + " for fetched charts cannot be used", ex);
		}
	}

	/**
	 * Fetches a chart.
	 * @param source without expressions
	 * @param files the files of the pipeline's revision
	 * @param pins what an earlier bake used, to be used again; empty for what the source
	 * has now
	 * @throws BakeRefusedException if there is no such chart, a host refuses or is not
	 * allowed, or what comes is not a chart, not what was asked for, or too large
	 * @throws IOException if a host does not answer now
	 */
	public FetchedChart fetch(ChartSource source, PipelineFiles files, List<ChartOrigin> pins) throws IOException {
		String name = SourceNames.of(source);
		String requested = SourceNames.requested(source);
		ChartOrigin earlier = pins.stream()
			.filter((pin) -> pin.source().equals(name) && pin.requested().equals(requested))
			.findFirst()
			.orElse(null);
		Pin pin = (earlier != null && !earlier.pin().isEmpty()) ? new Pin(earlier.version(), earlier.pin()) : null;
		SourceContent content = content(source, files, pin);
		Chart read = this.reader.read(content.files(), content.path(), null);
		requireVersion(source, name, read);
		DependencyFetch dependencies = new DependencyFetch(name, this.reader, this.limits,
				(dependency, known) -> content(dependency, files, known),
				(earlier != null) ? earlier.dependencies() : List.of());
		DependencyFetch.Complete complete = dependencies.complete(read, content);
		return new FetchedChart(complete.chart(), new ChartOrigin(name, requested, read.metadata().version(),
				content.pin(), complete.chart().digest(), complete.dependencies()));
	}

	/** A pinned chart and a tag's have been chosen by the version already. */
	private static void requireVersion(ChartSource source, String name, Chart chart) {
		String version = chart.metadata().version();
		switch (source) {
			case ChartSource.Path(String _, String wanted) -> {
				if (wanted != null && !wanted.isEmpty() && !wanted.equals(version)) {
					throw new BakeRefusedException(
							"chart " + name + " has version " + version + ", but the stage wants " + wanted);
				}
			}
			case ChartSource.Oci(String _, String range, String _) -> {
				if (range != null) {
					requireWithin(name, range, version);
				}
			}
			case ChartSource.Repository(String _, String wanted, String range) -> {
				if (!chart.metadata().name().equals(wanted)) {
					throw new BakeRefusedException(name + " is named " + chart.metadata().name()
							+ " by its own Chart.yaml, which is not what the index says");
				}
				requireWithin(name, range, version);
			}
			case ChartSource.Git _, ChartSource.Manifests _ -> {
			}
		}
	}

	private static void requireWithin(String name, String range, String version) {
		boolean within = range.equals(version)
				|| Version.parse(version).filter((each) -> VersionChoice.range(name, range).includes(each)).isPresent();
		if (!within) {
			throw new BakeRefusedException(name + " has version " + version
					+ " by its own Chart.yaml, though it was published as one of " + range);
		}
	}

	private SourceContent content(ChartSource source, PipelineFiles files, @Nullable Pin pin) throws IOException {
		return switch (source) {
			case ChartSource.Path path -> new RevisionCharts(files).read(path, pin);
			case ChartSource.Oci oci -> this.registries.read(oci, pin);
			case ChartSource.Repository repository -> this.repositories.read(repository, pin);
			case ChartSource.Git commit -> this.git.read(commit, pin);
			case ChartSource.Manifests plain ->
				throw new BakeRefusedException(plain.path() + " holds plain manifests, not a chart");
		};
	}

}
