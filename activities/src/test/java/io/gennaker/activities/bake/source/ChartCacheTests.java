package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.gennaker.activities.digest.Sha256;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ChartCacheTests {

	@TempDir
	Path folder;

	private ChartCache at(int second) throws IOException {
		return new ChartCache(this.folder, 100, Clock.fixed(Instant.ofEpochSecond(1_000_000 + second), ZoneOffset.UTC));
	}

	private static byte[] content(int number) {
		return ("content " + number).repeat(4).getBytes();
	}

	@Test
	void whatIsKeptIsFoundByDigestAndName() throws IOException {
		ChartCache cache = at(0);
		String digest = cache.keep(content(1));
		cache.keep("a name", content(2));
		assertThat(cache.find(digest)).contains(content(1));
		assertThat(cache.named("a name")).contains(content(2));
		assertThat(cache.named("another")).isEmpty();
	}

	@Test
	void damagedContentIsThrownAway() throws IOException {
		ChartCache cache = at(0);
		String digest = cache.keep(content(1));
		Path file = this.folder.resolve("contents").resolve(Sha256.hex(digest));
		Files.write(file, new byte[] { 1 });
		assertThat(cache.find(digest)).isEmpty();
		assertThat(file).doesNotExist();
		cache.keep(content(1));
		assertThat(cache.find(digest)).contains(content(1));
	}

	@Test
	void whatWasNotUsedLongestGoesFirst() throws IOException {
		String first = at(0).keep(content(1));
		at(1).keep("second", content(2));
		assertThat(at(2).find(first)).isPresent();
		at(3).keep(content(3));
		assertThat(at(4).find(first)).isPresent();
		assertThat(at(4).named("second")).isEmpty();
		try (Stream<Path> names = Files.list(this.folder.resolve("names"))) {
			assertThat(names).isEmpty();
		}
	}

	@Test
	void whatIsLargerThanTheCacheIsNotKept() throws IOException {
		assertThat(at(0).find(at(0).keep(new byte[101]))).isEmpty();
	}

	@Test
	void manyMayUseItAtOnce() throws Exception {
		ChartCache cache = at(0);
		List<Future<Boolean>> all = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			for (int i = 0; i < 200; i++) {
				byte[] content = content(i % 5);
				all.add(threads.submit(() -> {
					String digest = cache.keep(content);
					return cache.find(digest).map((found) -> Sha256.of(found).equals(digest)).orElse(true);
				}));
			}
			for (Future<Boolean> each : all) {
				assertThat(each.get()).isTrue();
			}
		}
		try (Stream<Path> files = Files.list(this.folder.resolve("contents"))) {
			assertThat(files).hasSizeLessThanOrEqualTo(2);
		}
	}

}
