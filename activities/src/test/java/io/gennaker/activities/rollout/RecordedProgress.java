package io.gennaker.activities.rollout;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.gennaker.workflows.rollout.RolloutRequest;

/**
 * Keeps what it is told, with the time.
 */
final class RecordedProgress implements RolloutProgress {

	private final List<Outage> outages = new CopyOnWriteArrayList<>();

	private final List<ObjectProgress> planned = new CopyOnWriteArrayList<>();

	private final List<Change> changes = new CopyOnWriteArrayList<>();

	private volatile Consumer<ObjectProgress> listener = (object) -> {
	};

	void onChange(Consumer<ObjectProgress> newListener) {
		this.listener = newListener;
	}

	@Override
	public void planned(RolloutRequest rollout, List<ObjectProgress> objects) {
		this.planned.addAll(objects);
	}

	@Override
	public void changed(RolloutRequest rollout, ObjectProgress object) {
		this.changes.add(new Change(Instant.now(), object));
		this.listener.accept(object);
	}

	@Override
	public void away(RolloutRequest rollout, Outage outage) {
		this.outages.add(outage);
	}

	List<Outage> outages() {
		return this.outages;
	}

	List<ObjectProgress> planned() {
		return this.planned;
	}

	List<Change> changes() {
		return this.changes;
	}

	/**
	 * The last state of an object.
	 */
	ObjectProgress last(String kind, String name) {
		return this.changes.stream()
			.map(Change::object)
			.filter((object) -> object.kind().equals(kind) && object.name().equals(name))
			.reduce((first, second) -> second)
			.orElseThrow();
	}

	/**
	 * When an object reached a state for the first time.
	 */
	Instant time(String kind, String name, ObjectState state) {
		return this.changes.stream()
			.filter((change) -> change.object().kind().equals(kind) && change.object().name().equals(name)
					&& change.object().state() == state)
			.findFirst()
			.orElseThrow()
			.time();
	}

	/**
	 * A change and when it was told.
	 */
	record Change(Instant time, ObjectProgress object) {
	}

}
