package io.gennaker.activities.bake.chart;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * What a chart's {@code .helmignore} leaves out, by Helm's own rules
 * (https://helm.sh/docs/chart_template_guide/helm_ignore_file/).
 */
final class HelmIgnore {

	private static final String FILE = ".helmignore";

	/** What Helm leaves out of every chart's folder. */
	private static final String ALWAYS = "templates/.?*";

	private final List<Rule> rules;

	private HelmIgnore(List<Rule> rules) {
		this.rules = rules;
	}

	/**
	 * The rules of a chart's folder.
	 * @param place the chart's path, for messages
	 */
	static HelmIgnore of(SortedMap<String, byte[]> files, String place) {
		byte[] content = files.get(FILE);
		List<Rule> rules = new ArrayList<>();
		if (content != null) {
			for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
				String text = line.replace("\uFEFF", "").strip();
				if (!text.isEmpty() && !text.startsWith("#")) {
					rules.add(Rule.parse(text, place + "/" + FILE));
				}
			}
		}
		rules.add(Rule.parse(ALWAYS, "Helm's own rules"));
		return new HelmIgnore(rules);
	}

	/**
	 * The files that stay.
	 */
	SortedMap<String, byte[]> kept(SortedMap<String, byte[]> files) {
		SortedMap<String, byte[]> kept = new TreeMap<>();
		files.forEach((name, bytes) -> {
			if (!ignores(name)) {
				kept.put(name, bytes);
			}
		});
		return kept;
	}

	private boolean ignores(String file) {
		for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
			if (ignores(file.substring(0, slash), true)) {
				return true;
			}
		}
		return ignores(file, false);
	}

	private boolean ignores(String path, boolean folder) {
		return this.rules.stream().anyMatch((rule) -> rule.ignores(path, folder));
	}

	/**
	 * One line.
	 *
	 * @param pattern what the path, or only its last name, must match
	 * @param lastName whether only the last name counts
	 * @param folders whether it is about folders alone
	 * @param negated whether it leaves out all that does <em>not</em> match
	 */
	private record Rule(Pattern pattern, boolean lastName, boolean folders, boolean negated) {

		static Rule parse(String line, String file) {
			if (line.contains("**")) {
				throw new BakeRefusedException(file + ": '" + line + "' holds **, which Helm does not support");
			}
			boolean negated = line.startsWith("!");
			String text = negated ? line.substring(1) : line;
			boolean folders = text.endsWith("/");
			text = folders ? text.substring(0, text.length() - 1) : text;
			boolean rooted = text.startsWith("/");
			text = rooted ? text.substring(1) : text;
			try {
				return new Rule(Pattern.compile(regex(text)), !rooted && !text.contains("/"), folders, negated);
			}
			catch (PatternSyntaxException ex) {
				throw new BakeRefusedException(file + ": '" + line + "' is not a pattern", ex);
			}
		}

		boolean ignores(String path, boolean folder) {
			String subject = this.lastName ? path.substring(path.lastIndexOf('/') + 1) : path;
			boolean matches = this.pattern.matcher(subject).matches();
			if (this.negated) {
				return (this.folders && !folder) || !matches;
			}
			return matches && (folder || !this.folders);
		}

		private static String regex(String glob) {
			StringBuilder regex = new StringBuilder();
			for (int i = 0; i < glob.length(); i++) {
				char c = glob.charAt(i);
				if (c == '\\' && i + 1 < glob.length()) {
					i++;
					regex.append(Pattern.quote(glob.substring(i, i + 1)));
					continue;
				}
				int end = (c == '[') ? glob.indexOf(']', i + 2) : -1;
				if (end > 0) {
					regex.append(glob, i, end + 1);
					i = end;
				}
				else {
					regex.append(switch (c) {
						case '*' -> "[^/]*";
						case '?' -> "[^/]";
						case '[' -> "[";
						default -> Pattern.quote(String.valueOf(c));
					});
				}
			}
			return regex.toString();
		}

	}

}
