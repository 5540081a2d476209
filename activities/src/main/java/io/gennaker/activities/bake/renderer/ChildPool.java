package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The child processes: as many as the limits allow, each with one borrower at a time. One
 * that died or was killed is replaced by the next borrower.
 */
final class ChildPool implements AutoCloseable {

	private final RendererFolder folder;

	private final RenderLimits limits;

	private final Semaphore permits;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<HelmChild> idle = new ArrayDeque<>();

	private final Set<HelmChild> all = new HashSet<>();

	private final ScheduledExecutorService watchers = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("helm-child-watch").daemon().factory());

	private boolean closed;

	ChildPool(RendererFolder folder, RenderLimits limits) {
		this.folder = folder;
		this.limits = limits;
		this.permits = new Semaphore(limits.processes(), true);
	}

	/**
	 * Starts the processes in the background, one after the other. What fails here fails
	 * again, and is told, when somebody borrows.
	 */
	void warm() {
		Thread.ofPlatform().name("helm-child-warm").daemon().start(() -> {
			for (int i = 0; i < this.limits.processes(); i++) {
				if (!this.permits.tryAcquire()) {
					return;
				}
				try {
					if (locked(this.all::size) < this.limits.processes()) {
						release(adopt(HelmChild.start(this.folder, this.limits, this.watchers)));
					}
				}
				catch (IOException | RuntimeException ex) {
					return;
				}
				finally {
					this.permits.release();
				}
			}
		});
	}

	/**
	 * Waits for a process of one's own.
	 */
	Loan borrow() throws IOException, InterruptedException {
		this.permits.acquire();
		try {
			HelmChild child = takeIdle();
			return new Loan((child != null) ? child : adopt(HelmChild.start(this.folder, this.limits, this.watchers)));
		}
		catch (IOException | RuntimeException ex) {
			this.permits.release();
			throw ex;
		}
	}

	private @Nullable HelmChild takeIdle() {
		while (true) {
			HelmChild child = locked(this.idle::poll);
			if (child == null || child.isAlive()) {
				return child;
			}
			discard(child);
		}
	}

	private HelmChild adopt(HelmChild child) {
		boolean late = locked(() -> {
			if (!this.closed) {
				this.all.add(child);
			}
			return this.closed;
		});
		if (late) {
			child.close();
			throw new IllegalStateException("the renderer is closed");
		}
		return child;
	}

	private void release(HelmChild child) {
		boolean kept = locked(() -> !this.closed && child.isAlive() && this.all.size() <= this.limits.processes()
				&& this.idle.offer(child));
		if (!kept) {
			discard(child);
		}
	}

	private void discard(HelmChild child) {
		locked(() -> this.all.remove(child));
		child.close();
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Kills all processes and waits for those that were just being started.
	 */
	@Override
	public void close() {
		locked(() -> this.closed = true);
		killAll();
		try {
			this.permits.tryAcquire(this.limits.processes(), 10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		killAll();
		this.watchers.shutdownNow();
	}

	private void killAll() {
		Set<HelmChild> children = locked(() -> {
			this.idle.clear();
			return Set.copyOf(this.all);
		});
		children.forEach(this::discard);
	}

	/**
	 * A process for one borrower, who gives it back by closing.
	 */
	final class Loan implements AutoCloseable {

		private final HelmChild child;

		Loan(HelmChild child) {
			this.child = child;
		}

		HelmChild child() {
			return this.child;
		}

		@Override
		public void close() {
			try {
				release(this.child);
			}
			finally {
				ChildPool.this.permits.release();
			}
		}

	}

}
