package io.gennaker.activities.bake.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.mark.ShortHash;

import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Short hashes that may stand in names.
 */
final class ContentHash {

	private static final List<String> CONTENT = List.of("data", "binaryData", "stringData");

	private ContentHash() {
	}

	/**
	 * The hash of what a ConfigMap or Secret holds, whatever the order and the way it is
	 * written in. Labels and annotations do not count.
	 */
	static String of(ManifestObject object) {
		StringBuilder content = new StringBuilder();
		append(content, object.kind());
		append(content, YamlNodes.text(object.at("type")));
		append(content, YamlNodes.text(object.at("immutable")));
		for (String field : CONTENT) {
			Map<String, NodeTuple> entries = new TreeMap<>(YamlNodes.entries(object.at(field)));
			append(content, field + entries.size());
			entries.forEach((key, entry) -> {
				append(content, key);
				append(content, text(entry.getValueNode()));
			});
		}
		return ShortHash.of(content.toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Whether a ConfigMap or Secret holds anything; if not, another will fill it.
	 */
	static boolean hasContent(ManifestObject object) {
		return CONTENT.stream().anyMatch((field) -> !YamlNodes.entries(object.at(field)).isEmpty());
	}

	private static String text(Node value) {
		return YamlNodes.isNull(value) ? "" : YamlNodes.text(value);
	}

	/** With its length, so that no text runs into the next. */
	private static void append(StringBuilder content, String text) {
		content.append(text.length()).append(':').append(text);
	}

}
