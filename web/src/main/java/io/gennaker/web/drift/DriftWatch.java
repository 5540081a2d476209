package io.gennaker.web.drift;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.rollout.DriftLook;
import io.gennaker.activities.rollout.DriftLooks;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.drift.DriftTable.Claim;
import io.gennaker.web.settings.DriftProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Compares releases with their clusters, each in its turn and when a person asks. One
 * look at a time goes to a cluster, so that one that is slow holds up itself alone.
 */
@Component
public class DriftWatch {

	private static final Logger log = LoggerFactory.getLogger(DriftWatch.class);

	private final DriftTable table;

	private final DriftLooks looks;

	private final BakeStore store;

	private final DriftTriggers triggers;

	private final DriftProperties properties;

	private final Clock clock;

	private final Semaphore permits;

	private final Set<String> busy = ConcurrentHashMap.newKeySet();

	DriftWatch(DriftTable table, DriftLooks looks, BakeStore store, DriftTriggers triggers, DriftProperties properties,
			Clock clock) {
		this.table = table;
		this.looks = looks;
		this.store = store;
		this.triggers = triggers;
		this.properties = properties;
		this.clock = clock;
		this.permits = new Semaphore(properties.parallel());
	}

	/**
	 * Begins the looks that are due, as many as may go on at once.
	 */
	@Scheduled(fixedDelay = 2_000)
	void round() {
		try {
			this.table.follow(this.clock.instant(), this.properties.every());
			while (this.permits.tryAcquire()) {
				Optional<Claim> due = claim();
				if (due.isEmpty()) {
					this.permits.release();
					return;
				}
				begin(due.get());
			}
		}
		catch (RuntimeException ex) {
			log.warn("Releases are not compared with their clusters now: {}", ex.toString());
		}
	}

	private Optional<Claim> claim() {
		try {
			return this.table.claim(this.clock.instant(), this.properties.every(), this.properties.enabled(),
					this.busy);
		}
		catch (RuntimeException ex) {
			this.permits.release();
			throw ex;
		}
	}

	private void begin(Claim claim) {
		this.busy.add(claim.cluster());
		Thread.ofVirtual().name("drift-" + claim.cluster()).start(() -> {
			try {
				look(claim);
			}
			catch (RuntimeException ex) {
				log.warn("{} in {} could not be compared: {}", claim.release(), claim.cluster(), ex.toString());
			}
			finally {
				this.busy.remove(claim.cluster());
				this.permits.release();
			}
		});
	}

	/**
	 * Compares the newest release of a place now. Takes two requests to the cluster for
	 * each object.
	 * @throws NotFoundException if nothing was released there
	 * @throws ConflictException while a rollout goes on there
	 */
	public void look(String cluster, String namespace, String release) {
		this.table.follow(this.clock.instant(), this.properties.every());
		Claim place = this.table.place(cluster, namespace, release)
			.orElseThrow(() -> this.table.knows(cluster, namespace, release)
					? new ConflictException("A rollout of " + release + " goes on in " + cluster
							+ ". What is there is compared once it has ended.")
					: new NotFoundException("No execution has left a release " + release + " in namespace " + namespace
							+ " of " + cluster + "."));
		look(place);
	}

	/**
	 * Has all places compared as soon as may be.
	 * @return how many there are
	 */
	int askForAll() {
		this.table.follow(this.clock.instant(), this.properties.every());
		return this.table.ask();
	}

	private void look(Claim place) {
		DriftLook found = this.looks.look(place.cluster(), place.namespace(), place.release(),
				this.store.manifests(place.manifests()));
		int times = this.table.keep(place, found, this.clock.instant());
		if (found.state() == DriftLook.State.DRIFTED && times > 0) {
			if (times == 1) {
				log.info("{} in {} has drifted: {} objects are not as they were released", place.release(),
						place.cluster(), found.objects().size());
			}
			this.triggers.seen(place, found.digest(), times);
		}
	}

}
