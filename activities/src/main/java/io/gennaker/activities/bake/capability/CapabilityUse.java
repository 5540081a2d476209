package io.gennaker.activities.bake.capability;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a chart's templates ask of {@code .Capabilities}, found in their text.
 *
 * @param any whether anything depends on the cluster at all
 * @param questions the APIs that they ask for by name
 * @param open the files that use {@code .Capabilities.APIVersions} in another way, so
 * that the whole list matters
 * @param wholeVersion the files that use {@code .Capabilities.KubeVersion} itself rather
 * than a field of it
 */
public record CapabilityUse(boolean any, List<Question> questions, List<String> open, List<String> wholeVersion) {

	/** A chart that would render the same anywhere. */
	public static final CapabilityUse NONE = new CapabilityUse(false, List.of(), List.of(), List.of());

	private static final String WORD = "Capabilities";

	private static final String TEXT = "(?:\"([^\"\\\\]*)\"|`([^`]*)`)";

	private static final Pattern HAS = Pattern
		.compile("APIVersions\\s*\\.Has\\s+" + TEXT + "|" + TEXT + "\\s*\\|\\s*[\\w.$]+\\.APIVersions\\.Has\\b");

	private static final Pattern APIS = Pattern.compile("APIVersions");

	private static final Pattern WHOLE_VERSION = Pattern
		.compile("KubeVersion(?!\\.(?:Version|GitVersion|Major|Minor)\\b)");

	private static final Pattern CONSTRAINT = Pattern.compile("^kubeVersion\\s*:", Pattern.MULTILINE);

	public CapabilityUse {
		questions = List.copyOf(questions);
		open = List.copyOf(open);
		wholeVersion = List.copyOf(wholeVersion);
	}

	/**
	 * What a chart's files ask.
	 * @param files by path within the chart; subcharts are folders
	 */
	public static CapabilityUse of(Map<String, byte[]> files) {
		CapabilityUse use = NONE;
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			if (isRead(file.getKey())) {
				use = use.and(file.getKey(), file.getValue());
			}
		}
		return use;
	}

	/** Whatever may reach {@code tpl}; a text for people never does. */
	private static boolean isRead(String file) {
		return !file.matches("(.*/)?crds/.*") && !file.endsWith(".md");
	}

	/**
	 * The same, and what another file asks: a template, or values that a template may
	 * evaluate.
	 */
	public CapabilityUse and(String name, byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8);
		if (name.endsWith("Chart.yaml")) {
			return CONSTRAINT.matcher(text).find()
					? new CapabilityUse(true, this.questions, this.open, this.wholeVersion) : this;
		}
		if (!text.contains(WORD) && !text.contains("APIVersions") || !text.contains("{{")) {
			return this;
		}
		List<Question> found = new ArrayList<>(this.questions);
		List<String> others = new ArrayList<>(this.open);
		List<String> versions = new ArrayList<>(this.wholeVersion);
		boolean mentioned = this.any;
		for (String action : TemplateActions.of(text)) {
			mentioned = mentioned || action.contains(WORD) || action.contains("APIVersions");
			if (count(APIS, action) > questions(name, action, found) && !others.contains(name)) {
				others.add(name);
			}
			if (WHOLE_VERSION.matcher(action).find() && !versions.contains(name)) {
				versions.add(name);
			}
		}
		return new CapabilityUse(mentioned, found, others, versions);
	}

	private static int questions(String name, String action, List<Question> found) {
		Matcher matcher = HAS.matcher(action);
		int count = 0;
		while (matcher.find()) {
			count++;
			for (int group = 1; group <= matcher.groupCount(); group++) {
				if (matcher.group(group) != null) {
					found.add(new Question(name, matcher.group(group)));
				}
			}
		}
		return count;
	}

	private static int count(Pattern pattern, String text) {
		return (int) pattern.matcher(text).results().count();
	}

	/**
	 * The first question that two lists of APIs answer differently.
	 */
	public Optional<Question> difference(Collection<String> one, Collection<String> other) {
		return this.questions.stream()
			.filter((question) -> one.contains(question.api()) != other.contains(question.api()))
			.findFirst();
	}

	/**
	 * An API that is asked for.
	 *
	 * @param file where
	 * @param api such as {@code monitoring.coreos.com/v1} or {@code apps/v1/Deployment}
	 */
	public record Question(String file, String api) {
	}

}
