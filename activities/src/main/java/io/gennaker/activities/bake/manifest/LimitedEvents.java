package io.gennaker.activities.bake.manifest;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * The events of a document, up to its limits of nesting and aliases. They come one by
 * one, before whoever composes nodes of them goes deeper.
 */
final class LimitedEvents implements Parser {

	private final String source;

	private final Parser events;

	private final ManifestLimits limits;

	private int depth;

	private int aliases;

	/**
	 * Limits a parser's events.
	 * @param source where they come from, for messages
	 */
	LimitedEvents(String source, Parser events, ManifestLimits limits) {
		this.source = source;
		this.events = events;
		this.limits = limits;
	}

	@Override
	public boolean checkEvent(Event.ID choice) {
		return this.events.checkEvent(choice);
	}

	@Override
	public Event peekEvent() {
		return this.events.peekEvent();
	}

	@Override
	public boolean hasNext() {
		return this.events.hasNext();
	}

	@Override
	public Event next() {
		Event event = this.events.next();
		switch (event.getEventId()) {
			case MappingStart, SequenceStart -> this.depth++;
			case MappingEnd, SequenceEnd -> this.depth--;
			case Alias -> this.aliases++;
			case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {
			}
		}
		if (this.depth > this.limits.depth()) {
			throw refused("more than " + this.limits.depth() + " levels");
		}
		if (this.aliases > this.limits.aliases()) {
			throw refused("more than " + this.limits.aliases() + " aliases");
		}
		return event;
	}

	private BakeRefusedException refused(String what) {
		return new BakeRefusedException(this.source + " renders to a document with " + what + ", which is the limit");
	}

}
