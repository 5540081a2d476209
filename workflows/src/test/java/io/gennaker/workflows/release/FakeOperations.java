package io.gennaker.workflows.release;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gennaker.workflows.operation.OperationActivities;
import io.gennaker.workflows.operation.OperationRequest;
import io.gennaker.workflows.operation.OperationResult;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;

/**
 * Operations on clusters in memory, which can be told to refuse, be away or be held.
 */
final class FakeOperations implements OperationActivities {

	final List<OperationRequest> requests = new CopyOnWriteArrayList<>();

	final List<String> done = new CopyOnWriteArrayList<>();

	private final Map<String, ApplicationFailure> failures = new ConcurrentHashMap<>();

	private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

	void refuse(String cluster, String words) {
		this.failures.put(cluster, ApplicationFailure.newNonRetryableFailure(words, Failures.ROLLOUT_REFUSED));
	}

	/**
	 * Lets the next attempt fail as a cluster does that is not reached.
	 */
	void silence(String cluster) {
		this.failures.put(cluster, ApplicationFailure.newFailure("connection refused", "cluster-unavailable"));
	}

	void hold(String cluster) {
		this.held.put(cluster, new CountDownLatch(1));
	}

	void letGo(String cluster) {
		this.held.get(cluster).countDown();
	}

	@Override
	public OperationResult operate(OperationRequest request) {
		String cluster = request.cluster().name();
		this.requests.add(request);
		ApplicationFailure failure = this.failures.get(cluster);
		if (failure != null) {
			if (!failure.isNonRetryable()) {
				this.failures.remove(cluster);
			}
			throw failure;
		}
		CountDownLatch latch = this.held.get(cluster);
		while (latch != null && !released(latch)) {
			Activity.getExecutionContext().heartbeat(cluster);
		}
		this.done.add(cluster);
		return new OperationResult("restarted Deployment api");
	}

	private static boolean released(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
