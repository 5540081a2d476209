package io.gennaker.activities.bake.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Labels and annotations that an object gets, besides its own.
 *
 * @param labels by key, in the order in which they are written
 * @param annotations by key, in the order in which they are written
 */
record ObjectMarks(Map<String, String> labels, Map<String, String> annotations) {

	ObjectMarks() {
		this(new LinkedHashMap<>(), new LinkedHashMap<>());
	}

	/**
	 * An object's metadata as they stand in itself; null where there are none or a merge
	 * brings them.
	 */
	static @Nullable MappingNode metadata(ManifestObject object) {
		return (YamlNodes.own(object.node(), "metadata") instanceof MappingNode metadata) ? metadata : null;
	}

	void apply(ManifestObject object, DocumentEdits edits) {
		if (this.labels.isEmpty() && this.annotations.isEmpty()) {
			return;
		}
		MappingNode metadata = metadata(object);
		if (metadata != null) {
			edits.putAll(metadata, "labels", this.labels);
			edits.putAll(metadata, "annotations", this.annotations);
		}
		else if (object.at("metadata") instanceof MappingNode) {
			edits.entangle();
		}
	}

}
