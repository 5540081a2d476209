package io.gennaker.activities.bake.kustomize;

import java.nio.charset.StandardCharsets;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Adds what was rendered to a kustomization's resources, before all others, and leaves
 * the rest of its text as it is.
 */
final class RenderedResource {

	private RenderedResource() {
	}

	/**
	 * The kustomization with the resource.
	 * @param file its path, for messages
	 */
	static byte[] addTo(String file, byte[] yaml) {
		String text = new String(yaml, StandardCharsets.UTF_8);
		Node root = new Compose(LoadSettings.builder().setLabel(file).setUseMarks(true).build()).composeString(text)
			.orElse(null);
		String added = (root instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK)
				? add(file, text, mapping) : refuse(file);
		return added.getBytes(StandardCharsets.UTF_8);
	}

	private static String add(String file, String text, MappingNode root) {
		for (NodeTuple tuple : root.getValue()) {
			if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("resources")) {
				return (tuple.getValueNode() instanceof SequenceNode list && list.getAnchor().isEmpty())
						? insert(text, list) : refuse(file);
			}
		}
		String indent = " ".repeat(root.getStartMark().orElseThrow().getColumn());
		int at = text.offsetByCodePoints(0, root.getStartMark().orElseThrow().getIndex());
		return text.substring(0, at) + "resources: [" + OverlayFiles.RENDERED + "]\n" + indent + text.substring(at);
	}

	private static String insert(String text, SequenceNode list) {
		int at = text.offsetByCodePoints(0, list.getStartMark().orElseThrow().getIndex());
		if (list.getFlowStyle() == FlowStyle.FLOW) {
			String comma = list.getValue().isEmpty() ? "" : ", ";
			return text.substring(0, at + 1) + OverlayFiles.RENDERED + comma + text.substring(at + 1);
		}
		String indent = " ".repeat(list.getStartMark().orElseThrow().getColumn());
		return text.substring(0, at) + "- " + OverlayFiles.RENDERED + "\n" + indent + text.substring(at);
	}

	private static String refuse(String file) {
		throw new BakeRefusedException(
				file + " has to list '" + OverlayFiles.RENDERED + "' under 'resources', which must be a plain list");
	}

}
