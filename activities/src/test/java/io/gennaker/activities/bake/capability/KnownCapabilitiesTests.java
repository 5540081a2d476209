package io.gennaker.activities.bake.capability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.gennaker.activities.bake.capability.Discovery.ClusterAwayException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KnownCapabilitiesTests {

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final Clock clock = new Clock() {

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return KnownCapabilitiesTests.this.now;
		}

	};

	private final Map<String, Capabilities> stored = new ConcurrentHashMap<>();

	private final CapabilityStore store = new CapabilityStore() {

		@Override
		public void keep(String cluster, Capabilities capabilities) {
			KnownCapabilitiesTests.this.stored.put(cluster, capabilities);
		}

		@Override
		public Optional<Capabilities> last(String cluster) {
			return Optional.ofNullable(KnownCapabilitiesTests.this.stored.get(cluster));
		}

	};

	private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

	private volatile boolean away;

	private Capabilities ask(String cluster) {
		this.asked.add(cluster);
		if (this.away) {
			throw new ClusterAwayException("nothing accepts connections there", new IllegalStateException());
		}
		return new Capabilities("v1.34.3", new TreeSet<>(List.of("v1")), this.now);
	}

	private KnownCapabilities known() {
		return new KnownCapabilities(this::ask, this.store, this.clock);
	}

	@Test
	void aClusterIsAskedOnceAMinute() {
		KnownCapabilities known = known();
		known.of("beijing");
		known.of("beijing");
		assertThat(this.asked).containsExactly("beijing");
		assertThat(this.stored).containsKey("beijing");
		this.now = this.now.plus(Duration.ofSeconds(61));
		known.of("beijing");
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void oneThatIsAwayIsTakenAsItWasAndSaysSo() {
		known().of("beijing");
		Instant then = this.now;
		this.away = true;
		this.now = this.now.plus(Duration.ofDays(2));
		KnownCapabilities later = known();
		Capabilities capabilities = later.of("beijing");
		assertThat(capabilities.kubeVersion()).isEqualTo("v1.34.3");
		assertThat(capabilities.seenAt()).isEqualTo(then);
		assertThat(capabilities.outage()).isEqualTo("nothing accepts connections there");
		later.of("beijing");
		assertThat(this.asked).hasSize(2);
		assertThat(this.stored.get("beijing").outage()).isEmpty();
	}

	@Test
	void oneThatNeverAnsweredIsAskedAgainEachTime() {
		this.away = true;
		KnownCapabilities known = known();
		assertThatExceptionOfType(UnknownCapabilitiesException.class).isThrownBy(() -> known.of("beijing"))
			.withMessageContaining("cluster beijing does not answer")
			.withMessageContaining("nothing accepts connections there");
		this.away = false;
		assertThat(known.of("beijing").outage()).isEmpty();
	}

	@Test
	void manyAreAskedAtOnceAndEachOnce() throws Exception {
		CountDownLatch together = new CountDownLatch(8);
		Discovery slow = (cluster) -> {
			together.countDown();
			try {
				assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return ask(cluster);
		};
		KnownCapabilities known = new KnownCapabilities(slow, this.store, this.clock);
		List<String> clusters = IntStream.range(0, 8).mapToObj((n) -> "c" + n).toList();
		known.prepare(clusters);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Capabilities>> all = clusters.stream()
				.map((cluster) -> threads.submit(() -> known.of(cluster)))
				.toList();
			for (Future<Capabilities> each : all) {
				assertThat(each.get().kubeVersion()).isEqualTo("v1.34.3");
			}
		}
		assertThat(this.asked).containsExactlyInAnyOrderElementsOf(clusters);
	}

	@Test
	void theDigestIsOfTheListAlone() {
		Capabilities one = new Capabilities("v1.34.3", new TreeSet<>(List.of("v1", "apps/v1")), this.now);
		assertThat(one.apisDigest()).matches("sha256:[0-9a-f]{64}")
			.isEqualTo(new Capabilities("v1.35.0", new TreeSet<>(List.of("apps/v1", "v1")), Instant.EPOCH).apisDigest())
			.isNotEqualTo(new Capabilities("v1.34.3", new TreeSet<>(List.of("v1")), this.now).apisDigest());
	}

}
