package io.gennaker.activities.bake.manifest;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML as nodes with their places in the text, so that a document can be changed in
 * one place and stay as it was written in all others. No scalar is given a type but null,
 * since Kubernetes reads YAML by older rules.
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
			.setSchema(NullSchema.INSTANCE)
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
		return (node instanceof MappingNode mapping) ? get(mapping, key, null) : null;
	}

	/** Each mapping is looked at once, however often aliases merge it. */
	private static @Nullable Node get(MappingNode mapping, String key, @Nullable Set<Node> before) {
		Node own = own(mapping, key);
		if (own != null) {
			return own;
		}
		List<Node> merges = merges(mapping);
		Set<Node> visited = (before != null || merges.isEmpty()) ? before : identities();
		if (visited == null || !visited.add(mapping)) {
			return null;
		}
		for (Node merge : merges) {
			Node found = (merge instanceof MappingNode merged) ? get(merged, key, visited) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/**
	 * The value of a key that stands in the mapping itself.
	 */
	static @Nullable Node own(MappingNode mapping, String key) {
		for (NodeTuple tuple : mapping.getValue().reversed()) {
			if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
				return tuple.getValueNode();
			}
		}
		return null;
	}

	private static List<Node> merges(MappingNode mapping) {
		Node merge = own(mapping, "<<");
		if (merge instanceof SequenceNode several) {
			return several.getValue();
		}
		return (merge != null) ? List.of(merge) : List.of();
	}

	/**
	 * All entries of a mapping by key, merged ones last; none of what is no mapping.
	 */
	static Map<String, NodeTuple> entries(@Nullable Node node) {
		Map<String, NodeTuple> entries = new LinkedHashMap<>();
		if (node instanceof MappingNode mapping) {
			addEntries(mapping, entries, identities());
		}
		return entries;
	}

	private static void addEntries(MappingNode mapping, Map<String, NodeTuple> entries, Set<Node> visited) {
		if (!visited.add(mapping)) {
			return;
		}
		Map<String, NodeTuple> own = new LinkedHashMap<>();
		mapping.getValue().forEach((tuple) -> own.put(text(tuple.getKeyNode()), tuple));
		own.remove("<<");
		own.forEach(entries::putIfAbsent);
		for (Node merge : merges(mapping)) {
			if (merge instanceof MappingNode merged) {
				addEntries(merged, entries, visited);
			}
		}
	}

	/**
	 * A set of nodes themselves, however alike they are.
	 */
	static Set<Node> identities() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	/**
	 * Whether a value says nothing.
	 */
	static boolean isNull(Node node) {
		return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
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
