package io.gennaker.activities.bake.renderer;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RenderCacheTests {

	private static RenderedChart chart(String text) {
		return new RenderedChart(List.of(new RenderedChart.RenderedFile("a.yaml", false, text)), "");
	}

	@Test
	void whatIsKeptIsNotRenderedAgain() throws Exception {
		RenderCache cache = new RenderCache(1_000_000);
		RenderedChart first = cache.get("key", () -> chart("one"));
		assertThat(cache.get("key", () -> {
			throw new AssertionError("rendered again");
		})).isSameAs(first);
		assertThat(cache.get("other", () -> chart("two"))).isNotEqualTo(first);
	}

	@Test
	void itNeverHoldsMoreThanItMay() throws Exception {
		RenderCache cache = new RenderCache(20_000);
		for (int n = 0; n < 100; n++) {
			cache.get("key" + n, () -> chart("x".repeat(1000)));
			assertThat(cache.bytes()).isLessThanOrEqualTo(20_000);
		}
		AtomicInteger again = new AtomicInteger();
		cache.get("key99", () -> chart("" + again.incrementAndGet()));
		cache.get("key0", () -> chart("" + again.incrementAndGet()));
		assertThat(again).hasValue(1);
		cache.get("huge", () -> chart("x".repeat(30_000)));
		assertThat(cache.bytes()).isLessThanOrEqualTo(20_000);
	}

	@Test
	void whatWasAskedForLastGoesLast() throws Exception {
		RenderCache cache = new RenderCache(7_500);
		cache.get("a", () -> chart("x".repeat(500)));
		cache.get("b", () -> chart("x".repeat(500)));
		cache.get("c", () -> chart("x".repeat(500)));
		cache.get("a", () -> chart("again"));
		cache.get("d", () -> chart("x".repeat(500)));
		assertThat(cache.get("a", () -> chart("again"))).isEqualTo(chart("x".repeat(500)));
		assertThat(cache.get("b", () -> chart("again"))).isEqualTo(chart("again"));
	}

	@Test
	void nothingIsKeptWithoutRoom() throws Exception {
		RenderCache cache = new RenderCache(0);
		AtomicInteger rendered = new AtomicInteger();
		cache.get("key", () -> chart("" + rendered.incrementAndGet()));
		cache.get("key", () -> chart("" + rendered.incrementAndGet()));
		assertThat(rendered).hasValue(2);
	}

	@Test
	void manyWhoWantTheSameAtOnceGetOneRendering() throws Exception {
		RenderCache cache = new RenderCache(1_000_000);
		AtomicInteger rendered = new AtomicInteger();
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<RenderedChart>> all = IntStream.range(0, 50)
				.mapToObj((_) -> threads.submit(() -> cache.get("key", () -> {
					started.countDown();
					goOn.await();
					return chart("" + rendered.incrementAndGet());
				})))
				.toList();
			started.await();
			goOn.countDown();
			for (Future<RenderedChart> each : all) {
				assertThat(each.get()).isEqualTo(chart("1"));
			}
		}
	}

	@Test
	void aFailureIsOnesOwn() throws Exception {
		RenderCache cache = new RenderCache(1_000_000);
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch fail = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<RenderedChart> first = threads.submit(() -> cache.get("key", () -> {
				started.countDown();
				fail.await();
				throw new BakeRefusedException("no");
			}));
			started.await();
			Future<RenderedChart> second = threads.submit(() -> cache.get("key", () -> chart("fine")));
			fail.countDown();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get).withMessageContaining("no");
			assertThat(second.get()).isEqualTo(chart("fine"));
		}
		assertThat(cache.get("key", () -> chart("again"))).isEqualTo(chart("fine"));
	}

	@Test
	void whoWaitsCanBeInterrupted() throws Exception {
		RenderCache cache = new RenderCache(1_000_000);
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<RenderedChart> first = threads.submit(() -> cache.get("key", () -> {
				started.countDown();
				goOn.await();
				return chart("fine");
			}));
			started.await();
			AtomicInteger interrupted = new AtomicInteger();
			Thread waiting = Thread.ofVirtual().start(() -> {
				try {
					cache.get("key", () -> chart("never"));
				}
				catch (InterruptedException ex) {
					interrupted.incrementAndGet();
				}
				catch (Exception ex) {
					throw new AssertionError(ex);
				}
			});
			waiting.interrupt();
			waiting.join();
			assertThat(interrupted).hasValue(1);
			goOn.countDown();
			assertThat(first.get()).isEqualTo(chart("fine"));
		}
	}

}
