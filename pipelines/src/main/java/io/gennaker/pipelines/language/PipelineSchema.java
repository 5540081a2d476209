package io.gennaker.pipelines.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema of the pipeline file, version 1, for editors.
 */
public final class PipelineSchema {

	private static final String RESOURCE = "pipeline-v1.schema.json";

	private PipelineSchema() {
	}

	/**
	 * The schema as JSON text (draft 2020-12).
	 */
	public static String json() {
		try (InputStream stream = PipelineSchema.class.getResourceAsStream(RESOURCE)) {
			if (stream == null) {
				throw new IllegalStateException(RESOURCE + " is missing from the class path");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
