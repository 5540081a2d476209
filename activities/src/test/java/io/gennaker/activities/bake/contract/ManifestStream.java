package io.gennaker.activities.bake.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The documents of a stream in their order, each with the template that it comes from.
 * What holds nothing but comments is no document, nor is what runs only as a test.
 */
final class ManifestStream {

	private static final Pattern SEPARATOR = Pattern.compile("(?m)^---[\\t\\r\\f ]*(?:\\n|$)");

	private static final String SOURCE = "# Source: ";

	private ManifestStream() {
	}

	static List<Document> documents(String stream) {
		List<Document> documents = new ArrayList<>();
		String source = "";
		for (String part : SEPARATOR.split(stream)) {
			String text = part;
			if (part.startsWith(SOURCE)) {
				int end = part.indexOf('\n');
				source = part.substring(SOURCE.length(), end);
				text = part.substring(end + 1);
			}
			if (isObject(text)) {
				documents.add(new Document(source, withoutLineEnds(text)));
			}
		}
		return documents;
	}

	/** Between two documents there may be one line more or less; all else counts. */
	private static String withoutLineEnds(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && text.charAt(start) == '\n') {
			start++;
		}
		while (end > start && "\n\r".indexOf(text.charAt(end - 1)) >= 0) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isObject(String text) {
		LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
		Object root = new Load(settings).loadFromString(text);
		return root instanceof Map<?, ?> object && !object.isEmpty() && !isTest(object);
	}

	private static boolean isTest(Map<?, ?> object) {
		return object.get("metadata") instanceof Map<?, ?> metadata
				&& metadata.get("annotations") instanceof Map<?, ?> annotations
				&& annotations.get("helm.sh/hook") instanceof String hooks
				&& Stream.of(hooks.split(",")).allMatch((hook) -> hook.strip().startsWith("test"));
	}

	/**
	 * A document.
	 *
	 * @param source the template, as Helm names it
	 * @param text as it was rendered
	 */
	record Document(String source, String text) {
	}

}
