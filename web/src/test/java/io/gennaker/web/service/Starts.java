package io.gennaker.web.service;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.web.execution.StartedExecution;

/**
 * Starts nothing, and remembers what it should have started.
 */
public class Starts implements ExecutionStarter {

	private final Map<String, StartedExecution> byKey = new ConcurrentHashMap<>();

	private final List<StartRequest> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger failures = new AtomicInteger();

	private volatile boolean refusing;

	@Override
	public StartedExecution start(StartRequest request) {
		if (this.failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new IllegalStateException("the starter is out of order");
		}
		if (this.refusing) {
			throw new StartRefusedException("Parameters are missing.", Map.of("parameters.region", "is required"));
		}
		String key = request.pipeline() + " " + request.idempotencyKey();
		StartedExecution fresh = new StartedExecution(UUID.randomUUID(), request.pipeline(), 1, true);
		StartedExecution earlier = this.byKey.putIfAbsent(key, fresh);
		if (earlier != null) {
			return new StartedExecution(earlier.id(), earlier.pipeline(), earlier.number(), false);
		}
		this.requests.add(request);
		return fresh;
	}

	/**
	 * What was started, in order.
	 */
	public List<StartRequest> requests() {
		return this.requests;
	}

	/**
	 * Fails the next starts by something other than a refusal.
	 */
	public void failNext(int times) {
		this.failures.set(times);
	}

	/**
	 * Refuses all starts, or none.
	 */
	public void refuse(boolean refuse) {
		this.refusing = refuse;
	}

	/**
	 * Forgets everything.
	 */
	public void clear() {
		this.byKey.clear();
		this.requests.clear();
		this.failures.set(0);
		this.refusing = false;
	}

}
