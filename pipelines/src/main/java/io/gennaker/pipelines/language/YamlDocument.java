package io.gennaker.pipelines.language;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.gennaker.pipelines.language.SourceText.Place;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML document as nodes, read within limits: whoever may save a pipeline can send any
 * text. Tags are refused, since neither a pipeline nor a values file needs one.
 */
final class YamlDocument {

	/** In bytes. */
	static final int LARGEST = 1 << 20;

	static final int DEEPEST = 30;

	static final int MOST_ALIASES = 50;

	/** Scalars and collections; also counted with every alias written out. */
	static final int MOST_VALUES = 50_000;

	private YamlDocument() {
	}

	/**
	 * Reads a file.
	 * @return its root, if it holds anything, or the one problem that keeps it from being
	 * read
	 */
	static Reading read(byte @Nullable [] bytes) {
		try {
			String text = text(bytes);
			LoadSettings settings = LoadSettings.builder()
				.setSchema(new CoreSchema())
				.setCodePointLimit(LARGEST + 1)
				.setMaxAliasesForCollections(MOST_ALIASES)
				.setAllowNonScalarKeys(true)
				.build();
			checkEvents(text, settings);
			Optional<Node> root = new Compose(settings).composeString(text);
			return root.<Reading>map(node -> new Reading.Root(new SourceText(text), node))
				.orElseGet(Reading.Empty::new);
		}
		catch (Unreadable ex) {
			return new Reading.Failed(ex.place, ex.reason);
		}
		catch (MarkedYamlEngineException ex) {
			Place place = ex.getProblemMark().map(Place::of).orElse(Place.START);
			return new Reading.Failed(place, "not YAML: " + reason(ex));
		}
		catch (YamlEngineException ex) {
			return new Reading.Failed(Place.START, "not YAML: " + ex.getMessage());
		}
	}

	private static String reason(MarkedYamlEngineException ex) {
		String context = (ex.getContext() == null || ex.getContext().isBlank()) ? "" : ex.getContext() + ", ";
		String since = ex.getContextMark()
			.filter(mark -> !context.isEmpty())
			.map(mark -> " (begun in line " + (mark.getLine() + 1) + ")")
			.orElse("");
		return context + ex.getProblem() + since;
	}

	private static String text(byte @Nullable [] bytes) throws Unreadable {
		if (bytes == null) {
			throw new Unreadable(Place.START, "there is no such file in the pipeline's folder");
		}
		if (bytes.length > LARGEST) {
			throw new Unreadable(Place.START,
					"the file has " + bytes.length + " bytes; at most " + LARGEST + " are allowed");
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new Unreadable(Place.START, "the file is not UTF-8 text");
		}
	}

	/**
	 * Looks at the stream of events first: composing recurses, so depth must be known to
	 * be bounded before, and nodes no longer tell a written tag from a resolved one.
	 */
	private static void checkEvents(String text, LoadSettings settings) throws Unreadable {
		try {
			EventLimits limits = new EventLimits();
			for (Event event : new Parse(settings).parseString(text)) {
				limits.count(event);
			}
		}
		catch (ReaderException ex) {
			int end = Math.clamp(ex.getPosition(), 0, text.codePointCount(0, text.length()));
			String before = text.substring(0, text.offsetByCodePoints(0, end));
			int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
			int column = end - before.codePointCount(0, before.lastIndexOf('\n') + 1) + 1;
			throw new Unreadable(new Place(line, column),
					"not YAML: the character U+%04X is not allowed".formatted(ex.getCodePoint()));
		}
	}

	/**
	 * What reading led to.
	 */
	sealed interface Reading {

		record Root(SourceText source, Node node) implements Reading {
		}

		record Empty() implements Reading {
		}

		record Failed(Place place, String reason) implements Reading {
		}

	}

	/** Why a file cannot be read. */
	private static final class Unreadable extends Exception {

		private static final long serialVersionUID = 1L;

		private final transient Place place;

		private final String reason;

		Unreadable(Place place, String reason) {
			super(reason, null, false, false);
			this.place = place;
			this.reason = reason;
		}

	}

	/**
	 * Counts what a document holds while its events pass by.
	 */
	private static final class EventLimits {

		private int depth;

		private int values;

		private int aliases;

		void count(Event event) throws Unreadable {
			switch (event) {
				case CollectionStartEvent start -> {
					refuseTag(start.getTag(), start);
					limit(start, ++this.values, MOST_VALUES, "more than " + MOST_VALUES + " values");
					limit(start, ++this.depth, DEEPEST, "nested deeper than " + DEEPEST + " levels");
				}
				case CollectionEndEvent _ -> this.depth--;
				case ScalarEvent scalar -> {
					refuseTag(scalar.getTag(), scalar);
					limit(scalar, ++this.values, MOST_VALUES, "more than " + MOST_VALUES + " values");
				}
				case AliasEvent alias ->
					limit(alias, ++this.aliases, MOST_ALIASES, "more than " + MOST_ALIASES + " aliases");
				default -> {
				}
			}
		}

		private static void limit(Event event, int count, int most, String reason) throws Unreadable {
			if (count > most) {
				throw new Unreadable(place(event), reason);
			}
		}

		private static void refuseTag(Optional<String> tag, Event event) throws Unreadable {
			if (tag.isPresent()) {
				throw new Unreadable(place(event),
						"the tag " + DocumentPath.quoted(tag.get()) + " is not allowed; tags have no use here");
			}
		}

		private static Place place(Event event) {
			return event.getStartMark().map(Place::of).orElse(Place.START);
		}

	}

}
