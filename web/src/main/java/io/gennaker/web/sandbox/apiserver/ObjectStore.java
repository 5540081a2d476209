package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * All objects of a cluster, with one growing revision over them and a stream of their
 * changes, as etcd is to a real API server. Objects in it are never changed in place.
 */
public final class ObjectStore {

	private static final int HISTORY = 4096;

	private final ReentrantLock lock = new ReentrantLock();

	private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();

	private final Deque<StoreEvent> history = new ArrayDeque<>();

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	private long revision = 1;

	private long forgotten = 1;

	/** Does several reads and writes as one. */
	<T> T atomically(Supplier<T> work) {
		this.lock.lock();
		try {
			return work.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The object, not to be changed. */
	public Optional<ObjectNode> get(ObjectKey key) {
		return atomically(() -> Optional.ofNullable(this.objects.get(key)));
	}

	/**
	 * All objects of a kind, not to be changed.
	 * @param namespace empty for all namespaces
	 */
	public Listing list(ResourceType type, String namespace) {
		return atomically(() -> {
			List<ObjectNode> found = new ArrayList<>();
			this.objects.tailMap(new ObjectKey(type, namespace, ""))
				.entrySet()
				.stream()
				.takeWhile((entry) -> entry.getKey().type().qualifiedName().equals(type.qualifiedName()))
				.takeWhile((entry) -> namespace.isEmpty() || entry.getKey().namespace().equals(namespace))
				.forEach((entry) -> found.add(entry.getValue()));
			return new Listing(this.revision, found);
		});
	}

	/** The keys of everything in the store. */
	public List<ObjectKey> keys() {
		return atomically(() -> List.copyOf(this.objects.keySet()));
	}

	/** The revision of the last change. */
	public long revision() {
		return atomically(() -> this.revision);
	}

	/** Keeps a new or changed object under the next revision. */
	ObjectNode put(ObjectKey key, ObjectNode object) {
		return atomically(() -> {
			ObjectNode stored = stamped(object);
			ObjectNode previous = this.objects.put(key, stored);
			StoreEvent.Type type = (previous != null) ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED;
			publish(new StoreEvent(type, key, stored, previous, this.revision));
			return stored;
		});
	}

	/** Forgets an object that is there. */
	void remove(ObjectKey key) {
		atomically(() -> {
			ObjectNode previous = this.objects.remove(key);
			if (previous != null) {
				publish(new StoreEvent(StoreEvent.Type.DELETED, key, stamped(previous), previous, this.revision));
			}
			return null;
		});
	}

	/**
	 * All changes after a revision.
	 * @throws ApiException with 410 if the store no longer knows them
	 */
	public Subscription subscribe(long after) {
		return atomically(() -> {
			if (after < this.forgotten) {
				throw ApiException.expired(after, this.forgotten);
			}
			Subscription subscription = new Subscription(this.subscriptions::remove);
			this.history.stream().filter((event) -> event.revision() > after).forEach(subscription::offer);
			this.subscriptions.add(subscription);
			return subscription;
		});
	}

	/** Everything, to be kept in a file. */
	public ObjectNode snapshot() {
		return atomically(() -> {
			ObjectNode state = Json.object();
			state.put("revision", this.revision);
			ArrayNode items = state.putArray("objects");
			this.objects.values().forEach(items::add);
			return state;
		});
	}

	/** Takes in the objects of a snapshot, whose kinds must be known. */
	void restore(long savedRevision, NavigableMap<ObjectKey, ObjectNode> saved) {
		atomically(() -> {
			this.objects.putAll(saved);
			this.revision = savedRevision;
			// A watch from before the restart starts over, as after a compaction of etcd.
			this.forgotten = savedRevision;
			return null;
		});
	}

	private ObjectNode stamped(ObjectNode object) {
		ObjectNode stamped = object.deepCopy();
		this.revision++;
		Json.child(stamped, "metadata").put("resourceVersion", Long.toString(this.revision));
		return stamped;
	}

	private void publish(StoreEvent event) {
		this.history.addLast(event);
		if (this.history.size() > HISTORY) {
			this.forgotten = this.history.removeFirst().revision();
		}
		this.subscriptions.forEach((subscription) -> subscription.offer(event));
	}

	/**
	 * Objects as they were at one revision.
	 */
	public record Listing(long revision, List<ObjectNode> items) {
	}

}
