package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;

import io.gennaker.activities.bake.capability.CapabilityUse;
import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.program.WorkFolder;

/**
 * A chart that is being rendered, in the folders of those who render it, to be closed
 * when it is no longer needed. Thread-safe.
 */
public final class UnpackedChart implements AutoCloseable {

	private final Chart source;

	private final String digest;

	private final CapabilityUse use;

	private final Map<Object, Path> folders = new IdentityHashMap<>();

	/**
	 * A chart that nobody has unpacked yet.
	 */
	public UnpackedChart(Chart source) {
		this.source = source;
		this.digest = source.digest();
		this.use = CapabilityUse.of(source.files());
	}

	/**
	 * What it was made of.
	 */
	Chart source() {
		return this.source;
	}

	/**
	 * The SHA-256 of the chart's files.
	 */
	String digest() {
		return this.digest;
	}

	/**
	 * What its templates ask of the cluster.
	 */
	CapabilityUse use() {
		return this.use;
	}

	/**
	 * Its folder for one renderer, made by the first who asks.
	 */
	synchronized Path folder(Object renderer, Unpacking unpacking) throws IOException {
		Path known = this.folders.get(renderer);
		if (known == null) {
			known = unpacking.unpack(this.source);
			this.folders.put(renderer, known);
		}
		return known;
	}

	/**
	 * What people know the chart by: its path in the pipeline's folder.
	 */
	String name() {
		return this.source.path();
	}

	@Override
	public synchronized void close() {
		try {
			for (Path folder : this.folders.values()) {
				WorkFolder.delete(folder);
			}
			this.folders.clear();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Puts a chart's files into a folder.
	 */
	@FunctionalInterface
	interface Unpacking {

		Path unpack(Chart chart) throws IOException;

	}

}
