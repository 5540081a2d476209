package io.gennaker.activities.bake.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.language.PipelineFiles;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Charts that the sources are asked for, and sources to ask.
 */
final class Charts {

	static final PipelineFiles NO_FILES = new PipelineFiles(Map.of());

	/** Small, so that tests of limits are fast. */
	static final ChartLimits LIMITS = new ChartLimits(256 * 1024, 50, 10);

	private Charts() {
	}

	static Map<String, byte[]> files(String name, String version, String... more) {
		Map<String, byte[]> files = new TreeMap<>();
		String dependencies = "";
		for (int i = 0; i < more.length; i += 2) {
			if (more[i].equals("dependencies")) {
				dependencies = "dependencies:\n" + more[i + 1];
			}
			else {
				files.put(more[i], bytes(more[i + 1]));
			}
		}
		files.put("Chart.yaml", bytes("apiVersion: v2\nname: " + name + "\nversion: " + version + "\n" + dependencies));
		files.put("templates/map.yaml", bytes("kind: ConfigMap # of " + name + " " + version + "\n"));
		return files;
	}

	static byte[] archive(String folder, Map<String, byte[]> files) {
		return ChartFixture.archive((tar) -> {
			for (Map.Entry<String, byte[]> file : files.entrySet()) {
				ChartFixture.entry(tar, new TarArchiveEntry(folder + "/" + file.getKey(), true), file.getValue());
			}
		});
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static ChartHost plain(String host) {
		return new ChartHost(host, true, null, null);
	}

	static ChartSources sources(Path cache, List<RegistryHost> registries, List<ChartHost> repositories,
			List<ChartHost> gitHosts) {
		return new ChartSources(settings(cache, registries, repositories, gitHosts));
	}

	static SourceSettings settings(Path cache, List<RegistryHost> registries, List<ChartHost> repositories,
			List<ChartHost> gitHosts) {
		return new SourceSettings(registries, repositories, gitHosts, cache, SourceSettings.CACHE_BYTES, LIMITS);
	}

}
