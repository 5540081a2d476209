package io.gennaker.pipelines.language;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.gennaker.pipelines.model.Trigger;
import io.gennaker.pipelines.model.WholeMatch;
import org.jspecify.annotations.Nullable;

/**
 * The types of triggers and how each is read.
 */
enum TriggerType {

	IMAGE("image", "artifacts", "tags") {
		@Override
		Trigger decode(Section section) {
			Value list = section.require("artifacts");
			List<String> artifacts = (list != null) ? list.texts() : List.of();
			if (list != null && artifacts.isEmpty() && !list.problems().any(list.path())) {
				list.problem("name at least one artifact");
			}
			String tags = section.requiredText("tags");
			WholeMatch.problem(tags)
				.ifPresent(reason -> section.problem("tags", "not a regular expression (RE2): " + reason));
			return new Trigger.ImagePush(artifacts, tags);
		}
	},

	DRIFT("drift", "targets") {
		@Override
		Trigger decode(Section section) {
			Value list = section.require("targets");
			List<String> targets = (list != null) ? list.texts() : List.of();
			if (list != null && targets.isEmpty() && !list.problems().any(list.path())) {
				list.problem("name at least one target");
			}
			return new Trigger.Drift(targets);
		}
	};

	private final String word;

	private final String[] keys;

	TriggerType(String word, String... keys) {
		this.word = word;
		this.keys = keys;
	}

	abstract Trigger decode(Section section);

	String word() {
		return this.word;
	}

	Vocabulary vocabulary() {
		return Vocabulary.of(this.word + "Trigger", "type").with(this.word + "Trigger", this.keys);
	}

	static List<String> words() {
		return Arrays.stream(values()).map(TriggerType::word).toList();
	}

	/**
	 * Reads a trigger, if its type is known.
	 */
	static Optional<Trigger> read(Value value) {
		@Nullable String word = Section.type(value, words());
		return Arrays.stream(values())
			.filter(type -> type.word.equals(word))
			.findFirst()
			.map(type -> type.decode(new Section(value, type.vocabulary())));
	}

}
