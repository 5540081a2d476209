package io.gennaker.activities.bake.source;

import java.nio.file.Path;
import java.util.List;

import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.registry.RegistryHost;

/**
 * From where charts may be fetched, and where they are kept. A host that is not listed
 * here is not spoken to.
 *
 * @param registries of {@code gennaker.registries}
 * @param repositories of {@code gennaker.chart-repositories}
 * @param gitHosts of {@code gennaker.git-hosts}
 * @param cache the folder that fetched charts are kept in
 * @param cacheBytes how large it may become
 * @param limits how large a chart may be
 */
public record SourceSettings(List<RegistryHost> registries, List<ChartHost> repositories, List<ChartHost> gitHosts,
		Path cache, long cacheBytes, ChartLimits limits) {

	/** What the cache may take by default. */
	public static final long CACHE_BYTES = 512L * 1024 * 1024;

	public SourceSettings {
		registries = List.copyOf(registries);
		repositories = List.copyOf(repositories);
		gitHosts = List.copyOf(gitHosts);
	}

}
