package io.gennaker.pipelines.language;

import io.gennaker.pipelines.model.Stage;

/**
 * The types of stages as the pipeline file writes them.
 */
public final class StageWords {

	private StageWords() {
	}

	/**
	 * The type of a stage, such as {@code bake}.
	 */
	public static String of(Stage stage) {
		return StageType.of(stage).word();
	}

}
