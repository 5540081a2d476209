package io.gennaker.pipelines.language;

import java.util.regex.Pattern;

import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.ImageValues;
import org.jspecify.annotations.Nullable;

/**
 * Reads an entry of {@code artifacts}.
 *
 * @see <a href= "https://github.com/distribution/reference/blob/main/reference.go">the
 * grammar of image references</a>
 */
final class ArtifactDecoder {

	static final Vocabulary KEYS = Vocabulary.of("artifact", "image", "required", "default", "values", "verify");

	static final Vocabulary VALUES = Vocabulary.of("imageValues", "registry", "repository", "tag", "digest", "image");

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
		Value values = section.find("values");
		Value verify = section.find("verify");
		return new Artifact(image, section.flag("required", true), preset,
				(values != null) ? values(new Section(values, VALUES)) : ImageValues.NONE,
				(verify != null) ? SignaturePolicyDecoder.decode(verify) : null);
	}

	private static ImageValues values(Section section) {
		ImageValues values = new ImageValues(key(section, "registry"), key(section, "repository"), key(section, "tag"),
				key(section, "digest"), key(section, "image"));
		if (values.registry() != null && values.repository() == null) {
			section.problem("registry", "without a repository's value the image would not be told");
		}
		return values;
	}

	private static @Nullable String key(Section section, String part) {
		String key = section.text(part);
		if (key != null && !Names.isValuesKey(key)) {
			section.problem(part, DocumentPath.quoted(key)
					+ " is not a key of the chart's values; write names with single dots between, such as api.image.tag");
		}
		return key;
	}

	private static void checkImage(Section section, String image) {
		if (image.length() <= LONGEST_IMAGE && IMAGE.matcher(image).matches()) {
			return;
		}
		if (!ImageName.namesItsRegistry(image) && ImageName.parse(image).isValid() && isUnversioned(image)) {
			section.problem("image", DocumentPath.quoted(image) + " names no registry; if it is Docker Hub's, write "
					+ ImageName.parse(image).repository());
			return;
		}
		boolean versioned = image.length() <= LONGEST_IMAGE && !isUnversioned(image);
		section.problem("image",
				DocumentPath.quoted(image) + (versioned ? " must carry no tag or digest; give one as 'default'"
						: " is not a repository with its registry, such as registry.example.com/team/app"));
	}

	private static boolean isUnversioned(String image) {
		return image.length() <= LONGEST_IMAGE && !WITH_VERSION.matcher(image).matches();
	}

}
