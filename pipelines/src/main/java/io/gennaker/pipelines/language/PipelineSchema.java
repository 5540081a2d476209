package io.gennaker.pipelines.language;

/**
 * The JSON Schema of the pipeline file, version 1, for editors.
 */
public final class PipelineSchema {

	private PipelineSchema() {
	}

	/**
	 * The schema as JSON text (draft 2020-12).
	 */
	public static String json() {
		throw new UnsupportedOperationException();
	}

}
