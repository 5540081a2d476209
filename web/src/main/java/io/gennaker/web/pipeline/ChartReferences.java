package io.gennaker.web.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Which charts of {@code charts/} the bake stages of a document refer to. The document
 * may be invalid; then it is the pipeline's reader that says why.
 */
final class ChartReferences {

	static final String FOLDER = "charts/";

	private static final Pattern PATH = Pattern.compile("(?:\\./)?charts/([A-Za-z0-9][A-Za-z0-9._-]*)/?");

	private static final int LARGEST_DOCUMENT = 1 << 20;

	private ChartReferences() {
	}

	static Set<String> in(byte @Nullable [] document) {
		Set<String> names = new TreeSet<>();
		if (document != null && document.length <= LARGEST_DOCUMENT && load(document) instanceof Map<?, ?> root
				&& root.get("stages") instanceof Map<?, ?> stages) {
			for (Object stage : stages.values()) {
				if (stage instanceof Map<?, ?> keys && keys.get("chart") instanceof Map<?, ?> chart
						&& !chart.containsKey("git") && chart.get("path") instanceof String path) {
					Matcher matcher = PATH.matcher(path);
					if (matcher.matches()) {
						names.add(matcher.group(1));
					}
				}
			}
		}
		return names;
	}

	private static @Nullable Object load(byte[] document) {
		LoadSettings settings = LoadSettings.builder()
			.setMaxAliasesForCollections(10)
			.setAllowDuplicateKeys(true)
			.build();
		try {
			return new Load(settings).loadFromString(new String(document, StandardCharsets.UTF_8));
		}
		catch (YamlEngineException ex) {
			return null;
		}
	}

}
