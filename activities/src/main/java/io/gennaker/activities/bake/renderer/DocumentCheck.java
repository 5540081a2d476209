package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;

/**
 * Has Helm's own parser read what templates rendered to, by a chart whose notes do
 * nothing else. Half of the time of a rendering would go into that, so only what another
 * parser might read otherwise ({@link PlainYaml}) is shown to it.
 */
final class DocumentCheck {

	private static final String END = "{\"end\": true}";

	private static final String NOTES = """
			{{- range .Values.files -}}
			{{- $name := .name -}}
			{{- range regexSplit `(?:^|\\s*\\n)---\\s*` (trim (.text | b64dec)) -1 -}}
			{{- $document := fromYaml . -}}
			{{- if and (hasKey $document "Error") (not (hasKey $document "kind")) -}}
			{{- dict "broken" $name "text" (get $document "Error" | toString) | toJson }}
			{{ end -}}
			{{- end -}}
			{{- end }}
			""" + END + "\n";

	private DocumentCheck() {
	}

	/**
	 * The files that have to be shown to Helm's parser.
	 */
	static List<RenderedFile> doubtful(RenderedChart rendered) {
		return rendered.files().stream().filter((file) -> !file.crd() && !PlainYaml.holds(file.text())).toList();
	}

	/**
	 * The chart that checks.
	 */
	static SortedMap<String, byte[]> chart() {
		SortedMap<String, byte[]> files = new TreeMap<>();
		files.put("Chart.yaml", "apiVersion: v2\nname: check\nversion: 0.1.0\n".getBytes(StandardCharsets.UTF_8));
		files.put("templates/NOTES.txt", NOTES.getBytes(StandardCharsets.UTF_8));
		return files;
	}

	/**
	 * The values by which the chart gets the files.
	 */
	static byte[] values(List<RenderedFile> files) {
		ObjectNode values = JsonNodeFactory.instance.objectNode();
		ArrayNode list = values.putArray("files");
		for (RenderedFile file : files) {
			String text = Base64.getEncoder().encodeToString(file.text().getBytes(StandardCharsets.UTF_8));
			list.addObject().put("name", file.source()).put("text", text);
		}
		return values.toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What Helm's parser cannot read, and why; nothing where it can read everything.
	 * @param output what Helm said
	 */
	static Optional<String> complaint(String output) {
		return NotesOutput.of(output)
			.stream()
			.filter((line) -> line.has("broken"))
			.map((line) -> line.get("broken").asText() + " does not render to YAML objects: "
					+ line.get("text").asText())
			.findFirst();
	}

}
