package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Changes to the text of one document. What they do not name stays as it is, byte for
 * byte. Where a change would reach further than it should, because YAML aliases share
 * what it changes, the edits are {@linkplain #areEntangled() entangled}: the document has
 * then to be {@linkplain SeparateNodes written out} and edited anew.
 */
final class DocumentEdits {

	private final ManifestDocument document;

	private final Map<ScalarNode, String> images = new IdentityHashMap<>();

	private final Map<ScalarNode, String> texts = new IdentityHashMap<>();

	private final Map<MappingNode, Map<String, Addition>> additions = new IdentityHashMap<>();

	private final List<TextChange> changes = new ArrayList<>();

	private boolean entangled;

	DocumentEdits(ManifestDocument document) {
		this.document = document;
	}

	/**
	 * Replaces an image. All keys {@code image} that alias it may change with it.
	 */
	void replaceImage(ScalarNode image, String text) {
		this.entangled |= differs(this.images.put(image, text), text);
	}

	/**
	 * Replaces a text.
	 */
	void replace(ScalarNode scalar, String text) {
		this.entangled |= isShared(scalar) || differs(this.texts.put(scalar, text), text);
	}

	private static boolean differs(@Nullable String before, String text) {
		return before != null && !before.equals(text);
	}

	private static boolean isShared(Node node) {
		return node.getAnchor().isPresent();
	}

	/**
	 * Tells that something cannot be changed where it stands.
	 */
	void entangle() {
		this.entangled = true;
	}

	/**
	 * Gives a key a text, whether it is there already or not.
	 */
	void put(MappingNode mapping, String key, String text) {
		Node value = YamlNodes.own(mapping, key);
		if (value instanceof ScalarNode scalar) {
			if (YamlNodes.isNull(scalar) || !scalar.getValue().equals(text)) {
				replace(scalar, text);
			}
		}
		else if (value == null) {
			this.entangled |= isShared(mapping);
			additionsTo(mapping).put(key, new Addition.Text(text));
		}
	}

	/**
	 * Gives keys of the mapping under a key their texts, and makes that mapping where
	 * there is none.
	 */
	void putAll(MappingNode mapping, String key, Map<String, String> entries) {
		if (entries.isEmpty()) {
			return;
		}
		Node value = YamlNodes.own(mapping, key);
		this.entangled |= isShared(mapping) || (value == null && YamlNodes.get(mapping, key) != null);
		if (value instanceof MappingNode inner) {
			this.entangled |= isShared(inner);
			entries.forEach((name, text) -> put(inner, name, text));
		}
		else if (value == null) {
			additionsTo(mapping).put(key, new Addition.Texts(entries));
		}
		else if (YamlNodes.isNull(value)) {
			this.entangled |= isShared(value);
			this.changes.add(replacement((ScalarNode) value, new Addition.Texts(entries).flow()));
		}
	}

	private Map<String, Addition> additionsTo(MappingNode mapping) {
		return this.additions.computeIfAbsent(mapping, (_) -> new LinkedHashMap<>());
	}

	/**
	 * Whether the document has to be written out without aliases first.
	 */
	boolean areEntangled() {
		return this.entangled || imagesAreShared() || additionsStandUnusually();
	}

	private boolean imagesAreShared() {
		if (this.images.keySet().stream().noneMatch(DocumentEdits::isShared)) {
			return false;
		}
		List<ScalarNode> elsewhere = new ArrayList<>();
		walk(this.document.root(), "", YamlNodes.identities(), (key, scalar) -> {
			if (!key.equals("image") && this.images.containsKey(scalar)) {
				elsewhere.add(scalar);
			}
		});
		return !elsewhere.isEmpty();
	}

	/**
	 * Whether the first key of a block does not stand alone at the start of its line, or
	 * something stands before the brace of a flow.
	 */
	private boolean additionsStandUnusually() {
		String text = this.document.text();
		TextCursor cursor = new TextCursor(text);
		List<MappingNode> inOrder = new ArrayList<>(this.additions.keySet());
		inOrder.sort(Comparator.comparingInt((mapping) -> start(anchorPoint(mapping))));
		for (MappingNode mapping : inOrder) {
			int at = cursor.charAt(start(anchorPoint(mapping)));
			boolean usual = (mapping.getFlowStyle() == FlowStyle.FLOW) ? text.charAt(at) == '{'
					: text.substring(at - column(anchorPoint(mapping)), at).matches("[ -]*");
			if (!usual) {
				return true;
			}
		}
		return false;
	}

	/** What additions stand at: a flow's brace, a block's first key. */
	private static Node anchorPoint(MappingNode mapping) {
		return (mapping.getFlowStyle() == FlowStyle.FLOW) ? mapping : mapping.getValue().getFirst().getKeyNode();
	}

	/**
	 * Visits all scalars, each with its key; what aliases repeat is visited once, apart
	 * from single scalars.
	 */
	static void walk(Node node, String key, Set<Node> visited, BiConsumer<String, ScalarNode> visitor) {
		Node real = (node instanceof AnchorNode anchor) ? anchor.getRealNode() : node;
		if (real instanceof ScalarNode scalar) {
			visitor.accept(key, scalar);
		}
		else if (visited.add(real)) {
			if (real instanceof MappingNode mapping) {
				for (NodeTuple tuple : mapping.getValue()) {
					walk(tuple.getKeyNode(), "a key", visited, visitor);
					walk(tuple.getValueNode(), YamlNodes.text(tuple.getKeyNode()), visited, visitor);
				}
			}
			else if (real instanceof SequenceNode sequence) {
				sequence.getValue().forEach((element) -> walk(element, key, visited, visitor));
			}
		}
	}

	/**
	 * The document's text with all changes.
	 */
	String apply() {
		List<TextChange> all = new ArrayList<>(this.changes);
		this.images.forEach((scalar, text) -> all.add(replacement(scalar, Addition.quoted(text))));
		this.texts.forEach((scalar, text) -> all.add(replacement(scalar, Addition.quoted(text))));
		this.additions.forEach((mapping, added) -> all.add(insertion(mapping, added)));
		all.sort(Comparator.comparingInt(TextChange::start).thenComparingInt(TextChange::end));
		String text = this.document.text();
		StringBuilder changed = new StringBuilder(text.length() + 64 * all.size());
		TextCursor cursor = new TextCursor(text);
		int index = 0;
		for (TextChange change : all) {
			int start = cursor.charAt(change.start());
			changed.append(text, index, start);
			index = cursor.charAt(change.end());
			boolean glued = change.start() == change.end() && start > 0 && text.charAt(start - 1) == ':';
			changed.append(glued ? " " : "").append(change.text());
			changed.append(endsLine(text, start, index) ? "\n" : "");
		}
		return changed.append(text, index, text.length()).toString();
	}

	/** The mark of a block scalar's end lies behind its line. */
	private static boolean endsLine(String text, int start, int end) {
		return end > start && text.charAt(end - 1) == '\n';
	}

	private static TextChange replacement(ScalarNode scalar, String text) {
		String anchor = scalar.getAnchor().map((name) -> "&" + name.getValue() + " ").orElse("");
		return new TextChange(start(scalar), scalar.getEndMark().orElseThrow().getIndex(), anchor + text);
	}

	private static TextChange insertion(MappingNode mapping, Map<String, Addition> added) {
		boolean empty = mapping.getValue().isEmpty();
		StringBuilder text = new StringBuilder();
		if (mapping.getFlowStyle() == FlowStyle.FLOW) {
			added.forEach((key, addition) -> text.append(text.isEmpty() ? "" : ", ")
				.append(Addition.quoted(key))
				.append(": ")
				.append(addition.flow()));
			return TextChange.insertion(start(mapping) + 1, text + (empty ? "" : ", "));
		}
		Node first = anchorPoint(mapping);
		String indent = " ".repeat(column(first));
		added.forEach((key, addition) -> text.append(key)
			.append(':')
			.append(addition.block(indent + "  "))
			.append('\n')
			.append(indent));
		return TextChange.insertion(start(first), text.toString());
	}

	private static int start(Node node) {
		return node.getStartMark().orElseThrow().getIndex();
	}

	private static int column(Node node) {
		return node.getStartMark().orElseThrow().getColumn();
	}

	/**
	 * A change of the text.
	 *
	 * @param start where the text begins that is replaced, in code points
	 * @param end where it ends
	 * @param text what stands there afterwards
	 */
	private record TextChange(int start, int end, String text) {

		static TextChange insertion(int at, String text) {
			return new TextChange(at, at, text);
		}

	}

}
