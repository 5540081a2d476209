package io.gennaker.pipelines.language;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The first walk over a document: tells every path's place and finds what no mapping may
 * have, such as a key twice.
 */
final class NodeSurvey {

	private final Problems problems;

	private final Map<Node, Long> sizes = new IdentityHashMap<>();

	private NodeSurvey(Problems problems) {
		this.problems = problems;
	}

	/**
	 * Walks.
	 * @return whether the document is small enough to be read further
	 */
	static boolean walk(Node root, Problems problems) {
		NodeSurvey survey = new NodeSurvey(problems);
		long size = survey.size(root);
		if (size < 0) {
			problems.at(root, DocumentPath.ROOT, "an alias stands inside of what it stands for");
			return false;
		}
		if (size > YamlDocument.MOST_VALUES) {
			problems.at(root, DocumentPath.ROOT,
					"with its aliases written out the document has more than " + YamlDocument.MOST_VALUES + " values");
			return false;
		}
		survey.visit(DocumentPath.ROOT, null, root);
		return true;
	}

	/**
	 * How many nodes a node stands for, or -1 if it holds itself. A few aliases of
	 * aliases can stand for 2^50.
	 */
	private long size(Node node) {
		Long known = this.sizes.putIfAbsent(node, -1L);
		if (known != null) {
			return known;
		}
		long size = 1;
		for (Node child : children(node)) {
			long part = size(child);
			if (part < 0) {
				return -1;
			}
			size = Math.min(size + part, YamlDocument.MOST_VALUES + 1L);
		}
		this.sizes.put(node, size);
		return size;
	}

	private static Iterable<Node> children(Node node) {
		return switch (node) {
			case MappingNode mapping -> mapping.getValue().stream().<Node>mapMulti((tuple, children) -> {
				children.accept(tuple.getKeyNode());
				children.accept(tuple.getValueNode());
			}).toList();
			case SequenceNode sequence -> sequence.getValue();
			case AnchorNode anchor -> List.of(anchor.getRealNode());
			default -> List.of();
		};
	}

	private void visit(String path, @Nullable Node key, Node value) {
		this.problems.locate(path, key, value);
		switch (value) {
			case MappingNode mapping -> visitMapping(path, mapping);
			case SequenceNode sequence -> {
				int index = 0;
				for (Node item : sequence.getValue()) {
					visit(DocumentPath.item(path, index++), null, item);
				}
			}
			default -> {
			}
		}
	}

	private void visitMapping(String path, MappingNode mapping) {
		Map<String, Integer> lines = new HashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
				this.problems.at(tuple.getKeyNode(), path, "a key must be text, not a list or a mapping");
				continue;
			}
			int line = key.getStartMark().orElseThrow().getLine() + 1;
			Integer first = lines.putIfAbsent(key.getValue(), line);
			String child = DocumentPath.child(path, key.getValue());
			if (first != null) {
				this.problems.at(key, child, "the key stands here a second time; the first is in line " + first);
				continue;
			}
			visit(child, key, tuple.getValueNode());
		}
	}

}
