package io.gennaker.pipelines.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.gennaker.pipelines.model.Binding;
import io.gennaker.pipelines.model.Binding.Pin;
import io.gennaker.pipelines.model.FieldPath;
import io.gennaker.pipelines.model.ImageField;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a bake does to rendered documents: {@code bind}, {@code pin},
 * {@code pin-except}, {@code versioned} and {@code keep-versions}.
 */
final class BindingDecoder {

	static final Vocabulary FIELD = Vocabulary.of("imageField", "kind", "api-version", "path", "repository", "tag",
			"digest");

	private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

	private static final Pattern API_VERSION = Pattern.compile("(?:[a-z0-9][-a-z0-9.]{0,252}/)?v[0-9][a-z0-9]{0,30}");

	private BindingDecoder() {
	}

	static Binding decode(Section section) {
		String pin = section.word("pin", Words.of(Pin.values()));
		Pin pinned = (pin != null) ? Words.constant(Pin.class, pin) : Pin.ARTIFACTS;
		Value bind = section.find("bind");
		return new Binding((bind != null) ? fields(bind) : List.of(), pinned, exceptions(section, pinned),
				section.flag("versioned", false), section.count("keep-versions", 1, Binding.KEPT));
	}

	private static List<String> exceptions(Section section, Pin pin) {
		Value except = section.find("pin-except");
		if (except == null) {
			return List.of();
		}
		if (pin != Pin.ALL) {
			except.problem("goes with pin: all; other images than artifacts' are left as they are");
		}
		return except.texts();
	}

	private static List<ImageField> fields(Value bind) {
		List<ImageField> fields = new ArrayList<>();
		Map<ImageField, String> places = new HashMap<>();
		for (Value item : bind.items()) {
			ImageField field = field(item);
			if (field == null) {
				continue;
			}
			String first = places.putIfAbsent(field, item.path());
			if (first != null) {
				item.problem("this stands already at " + first);
			}
			fields.add(field);
		}
		return fields;
	}

	private static @Nullable ImageField field(Value item) {
		Section section = new Section(item, FIELD);
		if (!item.kind().equals("a mapping")) {
			return null;
		}
		String kind = section.requiredText("kind");
		if (!kind.isBlank() && !KIND.matcher(kind).matches()) {
			section.problem("kind", DocumentPath.quoted(kind) + " is not a kind such as Rollout");
		}
		String version = section.text("api-version");
		if (version != null && !API_VERSION.matcher(version).matches()) {
			section.problem("api-version",
					DocumentPath.quoted(version) + " is not an API version such as argoproj.io/v1alpha1");
		}
		FieldPath path = path(section, "path");
		FieldPath repository = path(section, "repository");
		FieldPath tag = path(section, "tag");
		FieldPath digest = path(section, "digest");
		boolean parts = section.find("repository") != null || section.find("tag") != null
				|| section.find("digest") != null;
		if (parts == (section.find("path") != null)) {
			item.problem("give either 'path', to a whole image, or 'repository' and 'tag', perhaps with 'digest'");
			return null;
		}
		if (!parts) {
			return (path != null) ? new ImageField.Reference(kind, version, section.text("path", "")) : null;
		}
		section.require("repository");
		section.require("tag");
		if (repository == null || tag == null || (digest == null && section.find("digest") != null)) {
			return null;
		}
		checkBeside(section, "tag", repository, tag);
		if (digest != null) {
			checkBeside(section, "digest", repository, digest);
		}
		return new ImageField.Parts(kind, version, section.text("repository", ""), section.text("tag", ""),
				section.text("digest"));
	}

	/** Else nobody could tell which tag belongs to which repository. */
	private static void checkBeside(Section section, String key, FieldPath repository, FieldPath other) {
		if (!other.listSteps().equals(repository.listSteps())) {
			section.problem(key, "up to its last [*] the path must be the repository's");
		}
	}

	private static @Nullable FieldPath path(Section section, String key) {
		Value value = section.find(key);
		String text = (value != null) ? value.text() : null;
		if (text == null) {
			return null;
		}
		try {
			return FieldPath.parse(text);
		}
		catch (FieldPath.Malformed ex) {
			section.value()
				.problems()
				.inside(section.path(key), -1, ex.offset(),
						DocumentPath.quoted(text) + " is not a path: " + ex.getMessage());
			return null;
		}
	}

}
