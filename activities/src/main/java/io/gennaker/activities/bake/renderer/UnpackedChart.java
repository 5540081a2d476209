package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import io.gennaker.activities.bake.chart.Chart;

/**
 * A chart in a folder of the renderer's, to be closed when it is no longer needed.
 */
public final class UnpackedChart implements AutoCloseable {

	private final Path folder;

	private final Chart source;

	private final ReentrantLock lock = new ReentrantLock();

	UnpackedChart(Path folder, Chart source) {
		this.folder = folder;
		this.source = source;
	}

	/**
	 * The chart with what collects its output.
	 */
	Path collecting() {
		return this.folder.resolve("collecting.tgz");
	}

	Path plainPath() {
		return this.folder.resolve("plain.tgz");
	}

	/**
	 * The chart as it is.
	 * @throws IOException if it cannot be written, which is done when it is first wanted
	 */
	Path plain() throws IOException {
		return written(plainPath(), (files) -> files);
	}

	/**
	 * The chart's values alone.
	 * @throws IOException if it cannot be written, which is done when it is first wanted
	 */
	Path probe() throws IOException {
		return written(this.folder.resolve("values.tgz"), ValuesProbe::of);
	}

	private Path written(Path archive, UnaryOperator<SortedMap<String, byte[]>> made) throws IOException {
		this.lock.lock();
		try {
			if (Files.notExists(archive)) {
				ChartPackage.write(archive, made.apply(this.source.files()));
			}
			return archive;
		}
		finally {
			this.lock.unlock();
		}
	}

	Chart source() {
		return this.source;
	}

	/**
	 * What people know the chart by: its path in the pipeline's folder.
	 */
	String name() {
		return this.source.path();
	}

	@Override
	public void close() {
		try {
			RendererFolder.delete(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
