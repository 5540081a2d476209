package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A chart in a folder of the renderer's, to be closed when it is no longer needed.
 */
public final class UnpackedChart implements AutoCloseable {

	private final Path folder;

	private final String name;

	UnpackedChart(Path folder, String name) {
		this.folder = folder;
		this.name = name;
	}

	Path folder() {
		return this.folder;
	}

	/**
	 * What people know the chart by: its path in the pipeline's folder.
	 */
	String name() {
		return this.name;
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
