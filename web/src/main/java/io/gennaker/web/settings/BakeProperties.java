package io.gennaker.web.settings;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What bakes may take, under {@code gennaker.bake}.
 *
 * @param processes how many charts are rendered at the same time; 0 for one per core
 * @param timeout how long one rendering may take
 * @param processorTime how much of the processors' time the rendering of a small chart
 * may take, and each MiB of a chart adds
 * @param memory how much memory of its own a rendering process may hold
 * @param output how much one rendering may give
 * @param cache how much of what was rendered is kept in memory; 0 for nothing
 * @param chart how large a chart may be
 * @param manifests how large one cluster's manifests may be
 * @param helm the {@code helm} program, or {@code none}; without it, the one of the PATH
 * @param kustomize the {@code kustomize} or {@code kubectl} program, or {@code none};
 * without it, the one of the PATH
 * @param folder where rendering processes work; without it, the system's folder for
 * temporary files
 */
@ConfigurationProperties("gennaker.bake")
public record BakeProperties(@DefaultValue("0") int processes, @DefaultValue("20s") Duration timeout,
		@DefaultValue("1200ms") Duration processorTime, @DefaultValue("1GB") DataSize memory,
		@DefaultValue("64MB") DataSize output, @DefaultValue("64MB") DataSize cache, @DefaultValue ChartSize chart,
		@DefaultValue ManifestSize manifests, @Nullable String helm, @Nullable String kustomize,
		@Nullable String folder) {

	private static final DataSize LARGEST_OUTPUT = DataSize.ofMegabytes(256);

	public BakeProperties {
		require(processes >= 0 && processes <= 1024, "processes", processes, "between 0 and 1024");
		require(timeout.isPositive(), "timeout", timeout, "more than 0");
		require(processorTime.isPositive(), "processor-time", processorTime, "more than 0");
		require(memory.toMegabytes() >= 256, "memory", memory, "at least 256MB");
		require(output.toBytes() >= 1024 && output.compareTo(LARGEST_OUTPUT) <= 0, "output", output,
				"between 1KB and 256MB");
		require(!cache.isNegative(), "cache", cache, "at least 0");
	}

	/**
	 * How large a chart may be.
	 *
	 * @param size of all its files, unpacked, subcharts included
	 * @param entries how many files and folders it may have
	 * @param depth how many names a path may have
	 */
	public record ChartSize(@DefaultValue("32MB") DataSize size, @DefaultValue("5000") int entries,
			@DefaultValue("24") int depth) {

		public ChartSize {
			require(size.toBytes() >= 1, "chart.size", size, "more than 0");
			require(entries >= 1, "chart.entries", entries, "at least 1");
			require(depth >= 1, "chart.depth", depth, "at least 1");
		}

	}

	/**
	 * How large one cluster's manifests may be.
	 *
	 * @param size of all documents together, counted in characters
	 * @param documents how many
	 * @param depth how deep a document may nest
	 * @param aliases how many YAML aliases a document may hold
	 */
	public record ManifestSize(@DefaultValue("16MB") DataSize size, @DefaultValue("5000") int documents,
			@DefaultValue("100") int depth, @DefaultValue("200") int aliases) {

		public ManifestSize {
			require(size.toBytes() >= 1 && size.compareTo(LARGEST_OUTPUT) <= 0, "manifests.size", size,
					"between 1B and 256MB");
			require(documents >= 1, "manifests.documents", documents, "at least 1");
			require(depth >= 1 && depth <= 1000, "manifests.depth", depth, "between 1 and 1000");
			require(aliases >= 0, "manifests.aliases", aliases, "at least 0");
		}

	}

	private static void require(boolean holds, String name, Object value, String wanted) {
		if (!holds) {
			throw new IllegalArgumentException("gennaker.bake." + name + " must be " + wanted + ", not " + value);
		}
	}

}
