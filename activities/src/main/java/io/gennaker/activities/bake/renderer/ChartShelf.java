package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.gennaker.activities.bake.chart.Chart;

/**
 * The charts that were used last, so that the next bake of a chart need not unpack it
 * again. Thread-safe.
 */
final class ChartShelf implements AutoCloseable {

	/** How many lie there; the least used goes first. */
	private static final int MOST = 16;

	private final Map<String, UnpackedChart> charts = new LinkedHashMap<>(16, 0.75F, true);

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * The chart, with a user more.
	 * @param unpacking unpacks it where it does not lie there
	 */
	UnpackedChart take(Chart source, Unpacking unpacking) throws IOException {
		String key = source.digest() + " " + source.path();
		this.lock.lock();
		try {
			UnpackedChart known = this.charts.get(key);
			if (known != null && known.share()) {
				return known;
			}
			UnpackedChart unpacked = unpacking.unpack(source);
			unpacked.share();
			this.charts.put(key, unpacked);
			Iterator<UnpackedChart> eldest = this.charts.values().iterator();
			if (this.charts.size() > MOST) {
				UnpackedChart gone = eldest.next();
				eldest.remove();
				gone.close();
			}
			return unpacked;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.charts.values().forEach(UnpackedChart::close);
			this.charts.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Unpacks a chart for its first user.
	 */
	@FunctionalInterface
	interface Unpacking {

		UnpackedChart unpack(Chart source) throws IOException;

	}

}
