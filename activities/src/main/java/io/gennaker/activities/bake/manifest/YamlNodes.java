package io.gennaker.activities.bake.manifest;

import java.util.List;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML as nodes with their places in the text, so that a document can be changed in
 * one place and stay as it was written in all others. No scalar is given a type, since
 * Kubernetes reads YAML by older rules.
 */
final class YamlNodes {

	private final ManifestLimits limits;

	YamlNodes(ManifestLimits limits) {
		this.limits = limits;
	}

	/**
	 * The nodes of one document, or nothing where there is only white space and comments.
	 * @param source where it comes from, for messages
	 */
	@Nullable Node read(String source, String text) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel(source)
			.setUseMarks(true)
			.setMaxAliasesForCollections(this.limits.aliases())
			.setCodePointLimit(this.limits.characters())
			.build();
		try {
			Parser events = new ParserImpl(settings, new StreamReader(settings, text));
			return new Composer(settings, new LimitedEvents(source, events, this.limits)).getSingleNode().orElse(null);
		}
		catch (YamlEngineException ex) {
			throw new BakeRefusedException(source + " does not render to YAML: " + ex.getMessage(), ex);
		}
	}

	/**
	 * The value of a key; the last one where it stands twice, and that of a merged
	 * mapping ({@code <<}) where it stands nowhere else.
	 */
	static @Nullable Node get(@Nullable Node node, String key) {
		if (!(node instanceof MappingNode mapping)) {
			return null;
		}
		for (NodeTuple tuple : mapping.getValue().reversed()) {
			if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
				return tuple.getValueNode();
			}
		}
		return key.equals("<<") ? null : merged(get(mapping, "<<"), key);
	}

	private static @Nullable Node merged(@Nullable Node merge, String key) {
		for (Node each : (merge instanceof SequenceNode several) ? several.getValue() : List.<Node>of()) {
			Node found = get(each, key);
			if (found != null) {
				return found;
			}
		}
		return get(merge, key);
	}

	/**
	 * The value at the end of several keys.
	 */
	static @Nullable Node get(@Nullable Node node, List<String> path) {
		Node found = node;
		for (String key : path) {
			found = get(found, key);
		}
		return found;
	}

	/**
	 * The text of a scalar, or an empty one.
	 */
	static String text(@Nullable Node node) {
		return (node instanceof ScalarNode scalar) ? scalar.getValue() : "";
	}

	/**
	 * The elements of a list, or none.
	 */
	static List<Node> elements(@Nullable Node node) {
		return (node instanceof SequenceNode sequence) ? sequence.getValue() : List.of();
	}

}
