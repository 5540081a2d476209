package io.gennaker.pipelines.plan;

import java.util.List;
import java.util.Set;

import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;

/**
 * The graph of a valid pipeline's stages.
 */
public final class StageGraph {

	public StageGraph(Pipeline pipeline) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The stages in columns from left to right: each stands right of all that it needs,
	 * as near as possible. For drawing.
	 */
	public List<List<Stage>> columns() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Every stage that this one needs, directly or not.
	 */
	public Set<String> ancestors(String stage) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Every stage that needs this one, directly or not.
	 */
	public Set<String> descendants(String stage) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The bake whose manifests a deploy rolls out: the one it names, else the only one
	 * among its ancestors.
	 */
	public Stage.Bake bakeOf(Stage.Deploy deploy) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The deploys that roll out a bake's manifests, in the order of the file.
	 */
	public List<Stage.Deploy> deploysOf(Stage.Bake bake) {
		throw new UnsupportedOperationException();
	}

}
