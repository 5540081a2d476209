package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes a document out: the same object without anchors, aliases and merges, so that
 * each place can be changed alone. Scalars keep their way of writing, and with it the
 * type that Kubernetes reads; comments are lost.
 */
final class SeparateNodes {

	/** Wider than any line, so that no text is folded. */
	private static final DumpSettings SETTINGS = DumpSettings.builder().setWidth(Integer.MAX_VALUE / 4).build();

	/** What a node takes besides its text: its line and its indentation. */
	private static final int NODE = 16;

	private final ManifestDocument document;

	private final ManifestLimits limits;

	private int characters;

	private SeparateNodes(ManifestDocument document, ManifestLimits limits) {
		this.document = document;
		this.limits = limits;
	}

	/**
	 * The same document, written out.
	 * @throws BakeRefusedException if its aliases repeat more than the limits allow
	 */
	static ManifestDocument of(ManifestDocument document, ManifestLimits limits) {
		Node root = new SeparateNodes(document, limits).copy(document.root(), 0);
		String text = new Present(SETTINGS).emitToString(new Serialize(SETTINGS).serializeOne(root).iterator()).strip();
		if (!(new YamlNodes(limits).read(document.source(), text) instanceof MappingNode read)) {
			throw new IllegalStateException("a mapping was written out");
		}
		return new ManifestDocument(document.source(), text, document.apiVersion(), document.kind(), document.name(),
				document.hooks(), read);
	}

	private Node copy(Node node, int depth) {
		this.characters += NODE + ((node instanceof ScalarNode scalar) ? scalar.getValue().length() : 0);
		if (depth > this.limits.depth() || this.characters > this.limits.characters()) {
			throw new BakeRefusedException(this.document.source() + ": the YAML aliases of " + this.document.object()
					+ " repeat more than the limits allow; write them out in the template");
		}
		return switch (node) {
			case ScalarNode scalar -> new ScalarNode(tag(scalar), scalar.getValue(), scalar.getScalarStyle());
			case MappingNode mapping -> mapping(mapping, depth);
			case SequenceNode sequence -> {
				List<Node> items = new ArrayList<>();
				sequence.getValue().forEach((item) -> items.add(copy(item, depth + 1)));
				yield new SequenceNode(sequence.getTag(), items, sequence.getFlowStyle());
			}
			default -> throw new BakeRefusedException(
					this.document.source() + ": " + this.document.object() + " contains itself by a YAML alias");
		};
	}

	/** By which a scalar without a tag is written without one. */
	private static Tag tag(ScalarNode scalar) {
		return scalar.getTag().equals(NullSchema.UNTYPED)
				? SETTINGS.getSchema().getScalarResolver().resolve(scalar.getValue(), true) : scalar.getTag();
	}

	private Node mapping(MappingNode mapping, int depth) {
		List<NodeTuple> tuples = new ArrayList<>();
		YamlNodes.entries(mapping)
			.values()
			.forEach((tuple) -> tuples
				.add(new NodeTuple(copy(tuple.getKeyNode(), depth + 1), copy(tuple.getValueNode(), depth + 1))));
		return new MappingNode(mapping.getTag(), tuples, mapping.getFlowStyle());
	}

}
