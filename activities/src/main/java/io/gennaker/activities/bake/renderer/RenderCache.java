package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * What was rendered, by the digest of all that went into it, up to a number of bytes;
 * what was not asked for the longest goes first. Whoever asks for what another is just
 * rendering waits for it. Failures are not kept. Thread-safe.
 */
final class RenderCache {

	/** What an entry takes besides its texts. */
	private static final int ENTRY_BYTES = 512;

	private final long limit;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, RenderedChart> kept = new LinkedHashMap<>(16, 0.75F, true);

	private final Map<String, CompletableFuture<RenderedChart>> underWay = new LinkedHashMap<>();

	private long bytes;

	/**
	 * An empty one.
	 * @param limit how many bytes it may hold; 0 keeps nothing
	 */
	RenderCache(long limit) {
		if (limit < 0) {
			throw new IllegalArgumentException("a cache holds at least 0 bytes, not " + limit);
		}
		this.limit = limit;
	}

	/**
	 * What is kept under a key, or rendered now.
	 */
	RenderedChart get(String key, Rendering rendering) throws IOException, InterruptedException {
		while (true) {
			CompletableFuture<RenderedChart> own = new CompletableFuture<>();
			CompletableFuture<RenderedChart> other;
			this.lock.lock();
			try {
				RenderedChart known = this.kept.get(key);
				if (known != null) {
					return known;
				}
				other = this.underWay.putIfAbsent(key, own);
			}
			finally {
				this.lock.unlock();
			}
			if (other == null) {
				return render(key, own, rendering);
			}
			try {
				return other.get();
			}
			catch (ExecutionException ex) {
				// The other failed or was interrupted; that is its own affair, so try it
				// oneself.
				continue;
			}
		}
	}

	private RenderedChart render(String key, CompletableFuture<RenderedChart> own, Rendering rendering)
			throws IOException, InterruptedException {
		@Nullable RenderedChart rendered = null;
		try {
			rendered = rendering.render();
			return rendered;
		}
		finally {
			settle(key, own, rendered);
		}
	}

	private void settle(String key, CompletableFuture<RenderedChart> own, @Nullable RenderedChart rendered) {
		this.lock.lock();
		try {
			this.underWay.remove(key);
			if (rendered != null) {
				keep(key, rendered);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (rendered != null) {
			own.complete(rendered);
		}
		else {
			own.completeExceptionally(new IllegalStateException("not rendered"));
		}
	}

	private void keep(String key, RenderedChart rendered) {
		if (bytes(rendered) > this.limit) {
			return;
		}
		this.kept.put(key, rendered);
		this.bytes += bytes(rendered);
		Iterator<Map.Entry<String, RenderedChart>> eldest = this.kept.entrySet().iterator();
		while (this.bytes > this.limit) {
			this.bytes -= bytes(eldest.next().getValue());
			eldest.remove();
		}
	}

	/** Two for each character is the most that it may take. */
	private static long bytes(RenderedChart rendered) {
		long characters = rendered.notes().length();
		for (RenderedChart.RenderedFile file : rendered.files()) {
			characters += file.source().length() + file.text().length();
		}
		return 2 * characters + (long) ENTRY_BYTES * (1 + rendered.files().size());
	}

	/**
	 * How many bytes it holds.
	 */
	long bytes() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Renders what is not kept.
	 */
	@FunctionalInterface
	interface Rendering {

		RenderedChart render() throws IOException, InterruptedException;

	}

}
