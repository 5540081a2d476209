package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import io.gennaker.activities.bake.capability.CapabilityUse;
import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.program.WorkFolder;

/**
 * A chart that is being rendered, in the forms that those need who render it, to be
 * closed when it is no longer needed. Thread-safe.
 */
public final class UnpackedChart implements AutoCloseable {

	private static final String ARCHIVE = "/chart.tgz";

	private final Chart source;

	private final CapabilityUse use;

	private final Map<String, Path> forms = new HashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private int users = 1;

	/**
	 * A chart that nobody has unpacked yet.
	 */
	public UnpackedChart(Chart source) {
		this.source = source;
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
		return this.source.digest();
	}

	/**
	 * What its templates ask of the cluster.
	 */
	CapabilityUse use() {
		return this.use;
	}

	/**
	 * The chart's archive in a form, written by the first who asks.
	 * @param form what the form is, and whose
	 * @param made the form's files of the chart's
	 * @throws IOException if it cannot be written
	 */
	Path archive(WorkFolder place, String form, UnaryOperator<SortedMap<String, byte[]>> made) throws IOException {
		this.lock.lock();
		try {
			Path known = this.forms.get(form);
			if (known == null) {
				known = place.newFolder("chart");
				this.forms.put(form, known);
				ChartPackage.write(archive(known), made.apply(this.source.files()));
			}
			return archive(known);
		}
		catch (IOException | RuntimeException ex) {
			Path broken = this.forms.remove(form);
			if (broken != null) {
				WorkFolder.delete(broken);
			}
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Path archive(Path folder) {
		return Path.of(folder + ARCHIVE);
	}

	/**
	 * A text with the chart's name in the place of its archives' paths.
	 */
	String readable(String text) {
		this.lock.lock();
		try {
			String readable = text;
			for (Path folder : this.forms.values()) {
				readable = readable.replace(folder + ARCHIVE, name());
			}
			return readable;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What people know the chart by: its path in the pipeline's folder.
	 */
	String name() {
		return this.source.path();
	}

	/**
	 * Takes another user, who closes it too.
	 * @return whether it was still there
	 */
	boolean share() {
		this.lock.lock();
		try {
			boolean open = this.users > 0;
			this.users += open ? 1 : 0;
			return open;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets it go. The last user takes its files along.
	 */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.users--;
			if (this.users > 0) {
				return;
			}
			for (Path folder : this.forms.values()) {
				WorkFolder.delete(folder);
			}
			this.forms.clear();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
