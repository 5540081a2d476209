package io.gennaker.activities.bake.renderer;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What a chart's notes print, which is the only text that a dry run on the client's side
 * gives back. Notes that are made here print one JSON object per line.
 */
final class NotesOutput {

	private static final String HEADING = "\nNOTES:\n";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private NotesOutput() {
	}

	/**
	 * The objects, in the order in which they were printed.
	 * @param output what Helm said
	 */
	static List<JsonNode> of(String output) {
		return text(output).lines().filter((line) -> !line.isBlank()).map(NotesOutput::parse).toList();
	}

	/**
	 * The notes as they are.
	 * @param output what Helm said
	 */
	static String text(String output) {
		int heading = output.indexOf(HEADING);
		if (heading < 0) {
			throw new IllegalStateException("the renderer's answer holds no notes");
		}
		return output.substring(heading + HEADING.length()).strip();
	}

	private static JsonNode parse(String line) {
		try {
			return JSON.readTree(line);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("the renderer's answer cannot be read", ex);
		}
	}

}
