package io.gennaker.pipelines.language;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.version.VersionRange;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a chart comes from. One key says in which way, and with it which others
 * belong there. Of what lies elsewhere only the form is checked here.
 */
final class ChartDecoder {

	/** The keys of all forms, as the JSON Schema has them. */
	static final Vocabulary CHART = Vocabulary.of("chart", "path", "oci", "repository", "git", "version", "digest",
			"name", "ref");

	private static final Pattern OCI = Pattern
		.compile("(?:oci://)?[A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?(?:/[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*)+");

	private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

	private final Section chart;

	private ChartDecoder(Section chart) {
		this.chart = chart;
	}

	static ChartSource decode(Value value) {
		Set<String> keys = value.lookup().keySet();
		List<Form> forms = Arrays.stream(Form.values())
			.filter((form) -> keys.contains(form.vocabulary.keys().getFirst()))
			.toList();
		if (forms.isEmpty()) {
			return unknown(value);
		}
		Form form = forms.getFirst();
		if (forms.size() > 1 && forms.get(1) != Form.PATH) {
			value.problem("a chart comes from one place, but '" + form.vocabulary.keys().getFirst() + "' and '"
					+ forms.get(1).vocabulary.keys().getFirst() + "' are both there");
			return new ChartSource.Path("", null);
		}
		ChartDecoder decoder = new ChartDecoder(new Section(value, form.vocabulary));
		return switch (form) {
			case OCI -> decoder.oci();
			case REPOSITORY -> decoder.repository();
			case GIT -> decoder.git();
			case PATH -> new ChartSource.Path(decoder.chart.requiredText("path"), decoder.chart.text("version"));
		};
	}

	private static ChartSource unknown(Value value) {
		new Section(value, CHART);
		if (value.kind().equals("a mapping")) {
			value.problems().atKey(value.path(), "one of 'path', 'oci', 'repository' and 'git' is missing");
		}
		return new ChartSource.Path("", null);
	}

	private ChartSource oci() {
		String oci = this.chart.requiredText("oci");
		String version = this.chart.text("version");
		String digest = this.chart.text("digest");
		if (isKnown(oci) && !OCI.matcher(oci).matches()) {
			this.chart.problem("oci", DocumentPath.quoted(oci)
					+ " is not a repository of a registry, such as registry.example.com/charts/app; tag and digest have keys of their own");
		}
		if ((version == null) == (digest == null)) {
			this.chart.value()
				.problem("a chart of a registry needs either 'version' or 'digest'"
						+ ((version != null) ? ", not both" : ""));
		}
		checkRange(version);
		if (digest != null && !Names.hasExpression(digest) && !DIGEST.matcher(digest).matches()) {
			this.chart.problem("digest", DocumentPath.quoted(digest) + " is not 'sha256:' and 64 hexadecimal digits");
		}
		return new ChartSource.Oci(oci, version, digest);
	}

	private ChartSource repository() {
		String repository = this.chart.requiredText("repository");
		String name = this.chart.requiredText("name");
		String version = this.chart.requiredText("version");
		if (isKnown(repository) && repository.startsWith("oci://")) {
			this.chart.problem("repository", "charts of a registry are written as {oci: "
					+ repository.substring("oci://".length()) + "/" + name + ", version: …}");
		}
		else {
			checkAddress("repository", repository);
		}
		checkRange(version);
		return new ChartSource.Repository(repository, name, version);
	}

	private ChartSource git() {
		String git = this.chart.requiredText("git");
		String ref = this.chart.requiredText("ref");
		String path = this.chart.text("path", "");
		checkAddress("git", git);
		if (isKnown(path) && !PipelineFiles.isInside(path)) {
			this.chart.problem("path", DocumentPath.quoted(path)
					+ " is not a path inside the Git repository; write it with '/', without '..' and without a '/' at either end");
		}
		return new ChartSource.Git(git, ref, path);
	}

	private void checkAddress(String key, String text) {
		if (!isKnown(text)) {
			return;
		}
		URI uri = address(text);
		String scheme = (uri != null) ? uri.getScheme() : null;
		if (uri == null || uri.getHost() == null || scheme == null || !Set.of("https", "http").contains(scheme)) {
			this.chart.problem(key, DocumentPath.quoted(text) + " is not an address that begins with https://");
		}
		else if (uri.getRawUserInfo() != null) {
			this.chart.problem(key,
					"names and passwords do not belong into the pipeline but into the service's configuration");
		}
		else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			this.chart.problem(key, DocumentPath.quoted(text) + " must have neither '?' nor '#'");
		}
	}

	private static @Nullable URI address(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private void checkRange(@Nullable String version) {
		if (version != null && isKnown(version) && VersionRange.parse(version).isEmpty()) {
			this.chart.problem("version", DocumentPath.quoted(version)
					+ " is neither a version nor a range of versions, such as 1.4.0, ^1.4 or '>=1.4 <2'");
		}
	}

	private static boolean isKnown(String text) {
		return !text.isBlank() && !Names.hasExpression(text);
	}

	/**
	 * The ways to name a chart; the first key of each is its own. A Git repository has
	 * paths, too.
	 */
	private enum Form {

		OCI("oci", "version", "digest"), REPOSITORY("repository", "name", "version"), GIT("git", "ref", "path"),
		PATH("path", "version");

		private final Vocabulary vocabulary;

		Form(String... keys) {
			this.vocabulary = Vocabulary.of("chart", keys);
		}

	}

}
