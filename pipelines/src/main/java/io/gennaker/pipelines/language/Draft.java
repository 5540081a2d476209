package io.gennaker.pipelines.language;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;

/**
 * A pipeline as it was read, with all that its checks look at. Values that were wrong are
 * empty in it.
 */
record Draft(Pipeline pipeline, PipelineFiles files, List<Cluster> inventory, Problems problems) {

	static String stagePath(String id) {
		return DocumentPath.child("stages", id);
	}

	static String stagePath(Stage stage, String key) {
		return DocumentPath.child(stagePath(stage.id()), key);
	}

	static String targetPath(String name, String key) {
		return DocumentPath.child(DocumentPath.child("targets", name), key);
	}

	/**
	 * Visits the stages of one type in the order of the file.
	 */
	<S extends Stage> void forEach(Class<S> type, BiConsumer<String, S> visitor) {
		for (Map.Entry<String, Stage> stage : this.pipeline.stages().entrySet()) {
			if (type.isInstance(stage.getValue())) {
				visitor.accept(stagePath(stage.getKey()), type.cast(stage.getValue()));
			}
		}
	}

}
