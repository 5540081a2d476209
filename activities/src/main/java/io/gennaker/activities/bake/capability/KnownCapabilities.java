package io.gennaker.activities.bake.capability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.gennaker.activities.bake.capability.Discovery.ClusterAwayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each cluster once, however many ask for it, and keeps the answer for a minute and,
 * for the time that the cluster is away, in a store. That a cluster is away is kept as
 * long, so that one that hangs delays a bake once. Thread-safe.
 */
public final class KnownCapabilities implements ClusterCapabilities {

	private static final Logger log = LoggerFactory.getLogger(KnownCapabilities.class);

	private static final Duration FRESH = Duration.ofMinutes(1);

	/** How many clusters are asked at once. */
	private static final int PARALLEL = 16;

	private final Discovery discovery;

	private final CapabilityStore store;

	private final Clock clock;

	private final Map<String, Asked> asked = new ConcurrentHashMap<>();

	private final Semaphore permits = new Semaphore(PARALLEL);

	public KnownCapabilities(Discovery discovery, CapabilityStore store, Clock clock) {
		this.discovery = discovery;
		this.store = store;
		this.clock = clock;
	}

	@Override
	public Capabilities of(String cluster) {
		try {
			return asked(cluster).answer().join();
		}
		catch (CompletionException ex) {
			this.asked.remove(cluster);
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	@Override
	public void prepare(Collection<String> clusters) {
		clusters.forEach(this::asked);
	}

	private Asked asked(String cluster) {
		Instant now = this.clock.instant();
		return this.asked.compute(cluster, (_, before) -> {
			boolean usable = before != null && now.isBefore(before.at().plus(FRESH));
			return usable ? before : new Asked(now, ask(cluster));
		});
	}

	private CompletableFuture<Capabilities> ask(String cluster) {
		CompletableFuture<Capabilities> answer = new CompletableFuture<>();
		Thread.ofVirtual().name("capabilities-" + cluster).start(() -> {
			this.permits.acquireUninterruptibly();
			try {
				answer.complete(now(cluster));
			}
			catch (RuntimeException | Error ex) {
				answer.completeExceptionally(ex);
			}
			finally {
				this.permits.release();
			}
		});
		return answer;
	}

	private Capabilities now(String cluster) {
		try {
			Capabilities answer = this.discovery.ask(cluster);
			this.store.keep(cluster, answer);
			return answer;
		}
		catch (ClusterAwayException ex) {
			String words = String.valueOf(ex.getMessage());
			Capabilities last = this.store.last(cluster)
				.orElseThrow(() -> new UnknownCapabilitiesException(cluster, words));
			log.warn("Cluster {} does not answer ({}); bakes for it go by the version {} and APIs that it told at {}",
					cluster, words, last.kubeVersion(), last.seenAt());
			return last.during(words);
		}
	}

	/**
	 * A cluster that was asked.
	 *
	 * @param at when
	 */
	private record Asked(Instant at, CompletableFuture<Capabilities> answer) {
	}

}
