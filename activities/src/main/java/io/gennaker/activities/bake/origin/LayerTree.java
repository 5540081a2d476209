package io.gennaker.activities.bake.origin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A layer's YAML with its lines. What cannot be read gives nothing; Helm itself says what
 * is wrong with it.
 */
final class LayerTree {

	private static final int DEEPEST = 100;

	private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

	private final Layer layer;

	private final @Nullable Node root;

	private LayerTree(Layer layer, @Nullable Node root) {
		this.layer = layer;
		this.root = root;
	}

	static LayerTree of(Layer layer) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel(layer.name())
			.setUseMarks(true)
			.setMaxAliasesForCollections(200)
			.setCodePointLimit(8 * 1024 * 1024)
			.build();
		try {
			String text = new String(layer.yaml(), StandardCharsets.UTF_8);
			return new LayerTree(layer, new Compose(settings).composeString(text).orElse(null));
		}
		catch (YamlEngineException | StackOverflowError ex) {
			return new LayerTree(layer, null);
		}
	}

	/**
	 * What it says of a key, if anything.
	 */
	@Nullable Given at(List<String> path) {
		int prefix = this.layer.prefix().size();
		if (path.size() <= prefix || !path.subList(0, prefix).equals(this.layer.prefix())) {
			return null;
		}
		NodeTuple found = null;
		Node node = this.root;
		for (String name : path.subList(prefix, path.size())) {
			found = (node instanceof MappingNode mapping) ? entries(mapping, 0).get(name) : null;
			if (found == null) {
				return null;
			}
			node = found.getValueNode();
		}
		return (found != null) ? given(found) : null;
	}

	/**
	 * The keys of everything that it gives that is no mapping with keys of its own.
	 */
	void addPaths(Set<List<String>> paths) {
		addPaths(this.root, this.layer.prefix(), paths);
	}

	private static void addPaths(@Nullable Node node, List<String> path, Set<List<String>> paths) {
		if (path.size() < DEEPEST && node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
			entries(mapping, 0).forEach((name, tuple) -> {
				List<String> longer = new ArrayList<>(path);
				longer.add(name);
				addPaths(tuple.getValueNode(), List.copyOf(longer), paths);
			});
		}
		else if (!path.isEmpty() && node != null) {
			paths.add(path);
		}
	}

	/** With those of merged mappings, which count where the mapping has none itself. */
	private static Map<String, NodeTuple> entries(MappingNode mapping, int depth) {
		Map<String, NodeTuple> entries = new LinkedHashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			if (isMerge(tuple) && depth < DEEPEST) {
				merged(tuple.getValueNode()).forEach((from) -> entries(from, depth + 1).forEach(entries::putIfAbsent));
			}
		}
		for (NodeTuple tuple : mapping.getValue()) {
			if (!isMerge(tuple) && tuple.getKeyNode() instanceof ScalarNode name) {
				entries.put(name.getValue(), tuple);
			}
		}
		return entries;
	}

	private static boolean isMerge(NodeTuple tuple) {
		return tuple.getKeyNode() instanceof ScalarNode name && name.isPlain() && name.getValue().equals("<<");
	}

	private static List<MappingNode> merged(Node node) {
		List<Node> nodes = (node instanceof SequenceNode several) ? several.getValue() : List.of(node);
		return nodes.stream().filter(MappingNode.class::isInstance).map(MappingNode.class::cast).toList();
	}

	private Given given(NodeTuple tuple) {
		Node value = tuple.getValueNode();
		int line = (this.layer.kind() == Layer.Kind.SET) ? 0
				: tuple.getKeyNode().getStartMark().map((mark) -> mark.getLine() + 1).orElse(0);
		boolean nothing = value instanceof ScalarNode scalar && scalar.isPlain() && NULL.contains(scalar.getValue());
		boolean mapping = value instanceof MappingNode map && !map.getValue().isEmpty();
		return new Given(this.layer.name(), this.layer.kind(), line, text(value, 0), nothing, mapping);
	}

	private static String text(Node node, int depth) {
		if (depth > 4) {
			return "…";
		}
		return switch (node) {
			case ScalarNode scalar -> scalar.getValue();
			case SequenceNode list -> list.getValue()
				.stream()
				.map((each) -> text(each, depth + 1))
				.collect(Collectors.joining(", ", "[", "]"));
			case MappingNode map -> map.getValue()
				.stream()
				.map((each) -> text(each.getKeyNode(), depth + 1) + ": " + text(each.getValueNode(), depth + 1))
				.collect(Collectors.joining(", ", "{", "}"));
			default -> "…";
		};
	}

}
