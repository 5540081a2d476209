package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.bake.chart.ChartMetadata;
import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * Gets everything out of Helm that helm-java leaves out. The notes are the only text that
 * a dry run on the client's side gives back; so the scratch copy of a chart gets notes
 * that include each template's output, each file of a {@code crds/} folder and the
 * chart's own notes, one JSON object per line. Since Helm itself decides which subcharts
 * are there, disabled ones stay out; hooks are as rendered as anything else.
 */
final class Collector {

	private static final String LIST = "gennaker-templates.list";

	private static final String NOTES = "templates/NOTES.txt";

	private static final String MOVED_NOTES = "templates/_gennaker-notes.txt";

	private static final String DEFINITION = """
			{{- define "gennaker.collect" -}}
			{{- $scope := .scope -}}
			{{- $path := .path -}}
			{{- range $name, $sub := $scope.Subcharts }}
			{{- include "gennaker.collect" (dict "scope" $sub "path" (printf "%s/charts/%s" $path $name)) }}
			{{- end }}
			{{- range $file := $scope.Files.Lines "gennaker-templates.list" }}
			{{- if $file }}
			{{- $source := printf "%s/%s" $path $file }}
			{{- $_ := set $scope "Template" (dict "Name" $source "BasePath" (printf "%s/templates" $path)) }}
			{{ dict "template" $source "text" (include $source $scope) | toJson }}
			{{- end }}
			{{- end }}
			{{- range $file, $_ := $scope.Files.Glob "crds/**" }}
			{{ dict "crd" (printf "%s/%s" $path $file) "text" ($scope.Files.Get $file) | toJson }}
			{{- end }}
			{{- end }}
			{{- $path := trimSuffix "/templates" .Template.BasePath }}
			{{- include "gennaker.collect" (dict "scope" . "path" $path) }}
			""";

	private static final String OWN_NOTES = """
			{{ dict "notes" (include (printf "%s/templates/_gennaker-notes.txt" $path) .) | toJson }}
			""";

	private static final String HEADING = "\nNOTES:\n";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private Collector() {
	}

	/**
	 * The chart's files with what collects their output.
	 * @param files a chart's files by path; subcharts are folders
	 */
	static SortedMap<String, byte[]> addTo(SortedMap<String, byte[]> files) {
		SortedMap<String, byte[]> prepared = new TreeMap<>(files);
		for (String chart : chartFolders(files)) {
			put(prepared, chart + LIST, String.join("\n", templates(files, chart)) + "\n");
		}
		byte[] notes = prepared.remove(NOTES);
		if (notes != null) {
			prepared.put(MOVED_NOTES, notes);
		}
		prepared.put(NOTES, (DEFINITION + ((notes != null) ? OWN_NOTES : "")).getBytes(StandardCharsets.UTF_8));
		return prepared;
	}

	private static void put(Map<String, byte[]> files, String name, String text) {
		if (files.put(name, text.getBytes(StandardCharsets.UTF_8)) != null) {
			throw new BakeRefusedException("the chart has a file " + name + ", whose name is reserved");
		}
	}

	private static TreeSet<String> chartFolders(SortedMap<String, byte[]> files) {
		TreeSet<String> folders = new TreeSet<>();
		for (String file : files.keySet()) {
			if (file.equals(ChartMetadata.FILE) || file.matches("(charts/[^/]+/)+Chart\\.yaml")) {
				folders.add(file.substring(0, file.length() - ChartMetadata.FILE.length()));
			}
		}
		return folders;
	}

	private static List<String> templates(SortedMap<String, byte[]> files, String chart) {
		String metadata = chart + ChartMetadata.FILE;
		byte[] yaml = files.get(metadata);
		if (yaml != null && ChartMetadata.read(metadata, yaml).library()) {
			return List.of();
		}
		String folder = chart + "templates/";
		List<String> templates = new ArrayList<>();
		for (String file : files.tailMap(folder).keySet()) {
			if (!file.startsWith(folder)) {
				break;
			}
			String name = file.substring(file.lastIndexOf('/') + 1);
			if (!name.startsWith("_") && !name.startsWith(".") && !file.endsWith("NOTES.txt")) {
				templates.add(file.substring(chart.length()));
			}
		}
		return templates;
	}

	/**
	 * What the collected output holds.
	 * @param output what Helm said
	 */
	static RenderedChart read(String output) {
		int heading = output.indexOf(HEADING);
		if (heading < 0) {
			throw new IllegalStateException("the renderer's answer holds no notes");
		}
		List<RenderedChart.RenderedFile> files = new ArrayList<>();
		String notes = "";
		for (String line : output.substring(heading + HEADING.length()).split("\n")) {
			if (line.isBlank()) {
				continue;
			}
			JsonNode node = parse(line);
			if (node.has("notes")) {
				notes = node.get("notes").asText();
			}
			else {
				files.add(file(node));
			}
		}
		return new RenderedChart(files, cleaned(notes));
	}

	private static RenderedChart.RenderedFile file(JsonNode node) {
		boolean crd = node.has("crd");
		String text = node.get("text").asText();
		return new RenderedChart.RenderedFile(node.get(crd ? "crd" : "template").asText(), crd,
				crd ? text : cleaned(text));
	}

	/** Helm does the same to each template's output. */
	private static String cleaned(String text) {
		return text.replace("<no value>", "");
	}

	private static JsonNode parse(String line) {
		try {
			return JSON.readTree(line);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("the renderer's answer cannot be read", ex);
		}
	}

	/**
	 * An error of Helm's, as it would read without the collector.
	 */
	static String plainError(String error) {
		String own = "executing \"gennaker.collect\"";
		String plain = error;
		int last = plain.lastIndexOf(own);
		if (last >= 0) {
			int cause = plain.indexOf("error calling include: ", last);
			plain = (cause >= 0) ? plain.substring(cause + "error calling include: ".length()) : plain;
		}
		return plain.replace(MOVED_NOTES, NOTES).strip();
	}

}
