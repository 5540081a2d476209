package io.gennaker.web.sandbox.apiserver;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of a kind to a client, one JSON document a line, until the client
 * goes, its time is up or the server stops.
 */
final class WatchStream {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

	private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(20);

	private final ObjectStore store;

	private final RequestTarget target;

	private final Selector selector;

	WatchStream(ObjectStore store, RequestTarget target) {
		this.store = store;
		this.target = target;
		this.selector = target.selector();
	}

	void writeTo(OutputStream out) throws IOException, InterruptedException {
		String asked = this.target.parameter("resourceVersion");
		boolean fromNow = asked.isEmpty() || asked.equals("0");
		try (Subscription subscription = fromNow ? withPresent(out) : this.store.subscribe(revision(asked))) {
			follow(subscription, out);
		}
		catch (ApiException ex) {
			write(out, "ERROR", ex.status());
		}
	}

	private Subscription withPresent(OutputStream out) throws IOException {
		ObjectStore.Listing present = this.store.list(this.target.type(), this.target.namespace());
		Subscription subscription = this.store.subscribe(present.revision());
		for (ObjectNode object : present.items()) {
			if (this.selector.matches(object)) {
				write(out, "ADDED", object);
			}
		}
		return subscription;
	}

	private void follow(Subscription subscription, OutputStream out) throws IOException, InterruptedException {
		int seconds = this.target.number("timeoutSeconds", (int) DEFAULT_TIMEOUT.toSeconds());
		Instant end = Instant.now().plusSeconds(seconds);
		while (Instant.now().isBefore(end)) {
			Duration left = Duration.between(Instant.now(), end);
			StoreEvent event = subscription.poll(left.compareTo(BOOKMARK_EVERY) < 0 ? left : BOOKMARK_EVERY);
			if (event == null) {
				bookmark(out);
			}
			else if (concerns(event)) {
				String type = typeFor(event);
				if (type != null) {
					write(out, type, event.object());
				}
			}
		}
	}

	private boolean concerns(StoreEvent event) {
		return event.key().type().equals(this.target.type())
				&& (this.target.namespace().isEmpty() || event.key().namespace().equals(this.target.namespace()));
	}

	/**
	 * An object that comes to match is new to this client, one that ceases to is gone.
	 */
	private @Nullable String typeFor(StoreEvent event) {
		ObjectNode previous = event.previous();
		boolean before = previous != null && this.selector.matches(previous);
		boolean now = event.type() != StoreEvent.Type.DELETED && this.selector.matches(event.object());
		if (now) {
			return before ? "MODIFIED" : "ADDED";
		}
		return before ? "DELETED" : null;
	}

	/** Also how a client that went away without a word is noticed. */
	private void bookmark(OutputStream out) throws IOException {
		if (this.target.flag("allowWatchBookmarks")) {
			ObjectNode object = Json.object();
			object.put("apiVersion", this.target.type().apiVersion()).put("kind", this.target.type().kind());
			object.putObject("metadata").put("resourceVersion", Long.toString(this.store.revision()));
			write(out, "BOOKMARK", object);
		}
	}

	private static void write(OutputStream out, String type, ObjectNode object) throws IOException {
		ObjectNode event = Json.object().put("type", type);
		event.set("object", object);
		out.write(Json.bytes(event));
		out.write('\n');
		out.flush();
	}

	private static long revision(String asked) {
		try {
			return Long.parseLong(asked);
		}
		catch (NumberFormatException ex) {
			throw ApiException.badRequest("invalid resource version: \"" + asked + "\"");
		}
	}

}
