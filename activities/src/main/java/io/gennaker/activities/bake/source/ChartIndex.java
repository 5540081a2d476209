package io.gennaker.activities.bake.source;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one chart's versions from an {@code index.yaml}
 * (https://helm.sh/docs/topics/chart_repository/#the-index-file). Indexes are large, so
 * all else is passed over as it is read.
 */
final class ChartIndex {

	/** How deep what is passed over may go. */
	private static final int DEEPEST = 64;

	private static final int ADDRESSES = 20;

	private final String source;

	private final Iterator<Event> events;

	private ChartIndex(String source, Iterator<Event> events) {
		this.source = source;
		this.events = events;
	}

	/**
	 * The versions of a chart in the index's order.
	 * @param source for messages
	 * @throws BakeRefusedException if it is not an index
	 */
	static List<Entry> versions(String source, String chart, byte[] index) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel("index.yaml")
			.setCodePointLimit(index.length + 1)
			.build();
		try {
			return new ChartIndex(source,
					new Parse(settings).parseInputStream(new ByteArrayInputStream(index)).iterator())
				.root(chart);
		}
		catch (YamlEngineException | StackOverflowError ex) {
			String message = String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
			throw new BakeRefusedException(source + ": its index.yaml is not YAML: " + message, ex);
		}
	}

	private List<Entry> root(String chart) {
		this.events.next();
		this.events.next();
		List<Entry> found = new ArrayList<>();
		mapping(this.events.hasNext() ? this.events.next() : null, (key, value) -> {
			if (key.equals("entries")) {
				mapping(value, (name, list) -> {
					if (name.equals(chart)) {
						sequence(list, (entry) -> found.add(entry(entry)));
					}
					else {
						pass(list);
					}
				});
			}
			else {
				pass(value);
			}
		});
		return found;
	}

	private Entry entry(Event start) {
		List<String> urls = new ArrayList<>();
		String[] facts = { "", "" };
		mapping(start, (key, value) -> {
			switch (key) {
				case "version" -> facts[0] = text(value);
				case "digest" -> facts[1] = text(value);
				case "urls" -> sequence(value, (url) -> {
					String text = text(url);
					if (urls.size() < ADDRESSES) {
						urls.add(text);
					}
				});
				default -> pass(value);
			}
		});
		return new Entry(facts[0], facts[1], urls);
	}

	private void mapping(@Nullable Event start, Pairs pairs) {
		if (!(start instanceof MappingStartEvent)) {
			throw noIndex();
		}
		for (Event key = this.events.next(); !(key instanceof MappingEndEvent); key = this.events.next()) {
			pairs.take(text(key), this.events.next());
		}
	}

	private void sequence(Event start, Consumer<Event> items) {
		if (!(start instanceof SequenceStartEvent)) {
			throw noIndex();
		}
		for (Event item = this.events.next(); !(item instanceof SequenceEndEvent); item = this.events.next()) {
			items.accept(item);
		}
	}

	private String text(Event event) {
		if (event instanceof ScalarEvent scalar) {
			return scalar.getValue();
		}
		throw noIndex();
	}

	private void pass(Event start) {
		int depth = depth(start);
		while (depth > 0) {
			depth += depth(this.events.next());
			if (depth > DEEPEST) {
				throw noIndex();
			}
		}
	}

	private static int depth(Event event) {
		return switch (event.getEventId()) {
			case MappingStart, SequenceStart -> 1;
			case MappingEnd, SequenceEnd -> -1;
			case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
		};
	}

	private BakeRefusedException noIndex() {
		return new BakeRefusedException(this.source
				+ ": its index.yaml is not the index of a chart repository; check the address of the repository");
	}

	/**
	 * One version.
	 *
	 * @param digest of the archive, perhaps empty
	 * @param urls of the archive, perhaps relative to the index
	 */
	record Entry(String version, String digest, List<String> urls) {
	}

	/**
	 * Takes the pairs of a mapping.
	 */
	@FunctionalInterface
	private interface Pairs {

		void take(String key, Event value);

	}

}
