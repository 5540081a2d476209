package io.gennaker.pipelines.language;

import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that one kind of mapping of the pipeline file may hold. What a pipeline file
 * may say is the sum of these, and the JSON Schema is held against them.
 *
 * @param definition the name of its definition in the JSON Schema
 * @param keys all of them
 */
record Vocabulary(String definition, List<String> keys) {

	Vocabulary {
		keys = List.copyOf(keys);
	}

	static Vocabulary of(String definition, String... keys) {
		return new Vocabulary(definition, List.of(keys));
	}

	/**
	 * The same keys and further ones, under another name.
	 */
	Vocabulary with(String itsDefinition, String... further) {
		return new Vocabulary(itsDefinition, Stream.concat(this.keys.stream(), Stream.of(further)).toList());
	}

}
