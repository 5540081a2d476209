package io.gennaker.pipelines.language;

import java.util.regex.Pattern;

import io.gennaker.pipelines.model.Artifact;

/**
 * Reads an entry of {@code artifacts}.
 *
 * @see <a href= "https://github.com/distribution/reference/blob/main/reference.go">the
 * grammar of image references</a>
 */
final class ArtifactDecoder {

	static final Vocabulary KEYS = Vocabulary.of("artifact", "image", "required", "default");

	private static final String HOST = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+(?::\\d{1,5})?"
			+ "|[a-zA-Z0-9-]+:\\d{1,5}|localhost)";

	private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

	private static final Pattern IMAGE = Pattern.compile(HOST + "(?:/" + PART + ")+");

	private static final Pattern WITH_VERSION = Pattern.compile(".*(?:@.*|:[^/]*)");

	private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|sha256:[0-9a-f]{64}");

	private static final int LONGEST_IMAGE = 255;

	private ArtifactDecoder() {
	}

	static Artifact decode(Value value) {
		Section section = new Section(value, KEYS);
		String image = section.requiredText("image");
		if (!image.isBlank()) {
			checkImage(section, image);
		}
		String preset = section.text("default");
		if (preset != null && !REFERENCE.matcher(preset).matches()) {
			section.problem("default", DocumentPath.quoted(preset) + " is neither a tag nor a digest (sha256:…)");
		}
		return new Artifact(image, section.flag("required", true), preset);
	}

	private static void checkImage(Section section, String image) {
		if (image.length() <= LONGEST_IMAGE && IMAGE.matcher(image).matches()) {
			return;
		}
		boolean versioned = image.length() <= LONGEST_IMAGE && WITH_VERSION.matcher(image).matches();
		section.problem("image",
				DocumentPath.quoted(image) + (versioned ? " must carry no tag or digest; give one as 'default'"
						: " is not a repository with its registry, such as registry.example.com/team/app"));
	}

}
