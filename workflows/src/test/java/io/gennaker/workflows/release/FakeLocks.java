package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.workflows.lock.LockActivities;
import io.gennaker.workflows.lock.LockAnswer;
import io.gennaker.workflows.lock.LockClaim;
import io.temporal.failure.ApplicationFailure;

/**
 * Places in memory that can be occupied by another execution.
 */
final class FakeLocks implements LockActivities {

	private final Map<String, String> others = new HashMap<>();

	private final Map<String, Long> held = new HashMap<>();

	private final Map<String, String> newer = new HashMap<>();

	private final List<String> calls = new ArrayList<>();

	private long token;

	/**
	 * Lets another one hold a cluster's place.
	 */
	synchronized void occupy(String cluster, String who) {
		this.others.put(cluster, who);
		this.held.put(cluster, ++this.token);
	}

	/**
	 * Lets the other one go.
	 */
	synchronized void free(String cluster) {
		this.others.remove(cluster);
		this.held.remove(cluster);
	}

	/**
	 * Lets something newer run in a cluster.
	 */
	synchronized void runsNewer(String cluster, String words) {
		this.newer.put(cluster, words);
	}

	@Override
	public synchronized LockAnswer acquire(LockClaim claim) {
		String other = this.others.get(claim.cluster());
		if (other != null) {
			long holder = this.held.get(claim.cluster());
			if (holder == claim.seen()) {
				throw ApplicationFailure.newFailure("still waits for " + other, "place-held");
			}
			return new LockAnswer(holder, "waits for " + other);
		}
		String words = this.newer.get(claim.cluster());
		if (words != null && !claim.comesBack()) {
			throw ApplicationFailure.newNonRetryableFailure(words, Failures.OLDER_BUILD);
		}
		this.calls.add("acquire " + claim.cluster());
		return new LockAnswer(this.held.computeIfAbsent(claim.cluster(), (_) -> ++this.token), null);
	}

	@Override
	public synchronized void release(LockClaim claim) {
		this.calls.add("release " + claim.cluster());
		if (!this.others.containsKey(claim.cluster())) {
			this.held.remove(claim.cluster());
		}
	}

	/**
	 * What was acquired and released, in order.
	 */
	synchronized List<String> calls() {
		return List.copyOf(this.calls);
	}

	synchronized boolean holds(String cluster) {
		return this.held.containsKey(cluster);
	}

}
