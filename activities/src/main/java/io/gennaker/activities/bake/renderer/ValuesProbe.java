package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes of a chart one that renders to its merged values and nothing else: with all that
 * decides about them, but without templates, and without schemas, since values are of
 * interest above all where they are not what a schema allows.
 */
final class ValuesProbe {

	private static final String NOTES = "templates/NOTES.txt";

	private ValuesProbe() {
	}

	static SortedMap<String, byte[]> of(SortedMap<String, byte[]> files) {
		SortedMap<String, byte[]> probe = new TreeMap<>(files);
		for (String chart : ChartTree.of(files).folders()) {
			probe.keySet()
				.removeIf((file) -> file.startsWith(chart + "templates/") || file.startsWith(chart + "crds/"));
			probe.remove(chart + "values.schema.json");
		}
		probe.put(NOTES, "{{ .Values | toJson }}".getBytes(StandardCharsets.UTF_8));
		return probe;
	}

	/**
	 * The values, a JSON object.
	 */
	static String read(String output) {
		return NotesOutput.text(output);
	}

}
