package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartMetadata;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;

/**
 * A chart as the {@code helm} program gets it, and how its output is read.
 * {@code helm template} prints the templates' documents alone; one more template brings
 * along the notes and the files of {@code crds/} folders of whichever subcharts are
 * enabled.
 */
final class ProgramChart {

	/** Stands between Helm's own list of APIs and the cluster's. */
	static final String BEGIN = "gennaker.io/begin";

	private static final String EXTRAS = "templates/gennaker-extras.yaml";

	private static final String EXTRAS_TEMPLATE = """
			{{- define "gennaker.crds" -}}
			{{- $path := .path -}}
			{{- range $name, $sub := .scope.Subcharts }}
			{{- include "gennaker.crds" (dict "scope" $sub "path" (printf "%s/charts/%s" $path $name)) }}
			{{- end }}
			{{- $files := .scope.Files }}
			{{- range $file, $_ := $files.Glob "crds/**" }}
			- {{ dict "crd" (printf "%s/%s" $path $file) "text" ($files.Get $file) | toJson }}
			{{- end }}
			{{- end }}
			kind: Extras
			lines:
			- {}
			{{- include "gennaker.crds" (dict "scope" . "path" (trimSuffix "/templates" .Template.BasePath)) }}
			""";

	private static final String NOTES = """
			- {{ dict "notes" (include (printf "%s/NOTES.txt" .Template.BasePath) .) | toJson }}
			""";

	/**
	 * A method of a pointer in a mapping cannot be called, so its results stand there.
	 */
	private static final String CLUSTER_ALONE = """
			{{- $begin := 0 }}
			{{- range $i, $api := .Capabilities.APIVersions }}
			{{- if eq $api "gennaker.io/begin" }}{{ $begin = int (add $i 1) }}{{ end }}
			{{- end }}
			{{- $version := .Capabilities.KubeVersion }}
			{{- $fields := dict "Version" $version.Version "GitVersion" $version.Version }}
			{{- $fields = merge $fields (dict "Major" $version.Major "Minor" $version.Minor) }}
			{{- $apis := slice .Capabilities.APIVersions $begin }}
			{{- $helm := .Capabilities.HelmVersion }}
			{{- $_ := set . "Capabilities" (dict "KubeVersion" $fields "APIVersions" $apis "HelmVersion" $helm) }}
			""";

	private static final Pattern HEADING = Pattern.compile("^---\n# Source: (.*)\n", Pattern.MULTILINE);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private ProgramChart() {
	}

	/**
	 * The chart's files with the further template.
	 * @param alone whether Helm's own list of APIs is to be hidden from all templates
	 */
	static SortedMap<String, byte[]> files(Chart chart, boolean alone) {
		SortedMap<String, byte[]> files = new TreeMap<>(chart.files());
		String extras = EXTRAS_TEMPLATE + (files.containsKey("templates/NOTES.txt") ? NOTES : "");
		put(files, EXTRAS, extras);
		if (alone) {
			int deepest = files.keySet().stream().mapToInt(ProgramChart::depth).max().orElse(0);
			for (String folder : chartFolders(chart.files())) {
				put(files, first(folder, deepest), CLUSTER_ALONE);
			}
		}
		return files;
	}

	private static void put(SortedMap<String, byte[]> files, String name, String text) {
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

	private static int depth(String file) {
		return (int) file.chars().filter((c) -> c == '/').count();
	}

	/**
	 * Helm renders the deepest templates first (helm.sh/helm/v3/pkg/engine, byPathLen).
	 */
	private static String first(String folder, int deepest) {
		return folder + "templates/" + "~/".repeat(deepest + 1) + "~gennaker.yaml";
	}

	/**
	 * What {@code helm template} printed.
	 * @param name the chart's own name
	 */
	static RenderedChart read(String output, String name) {
		List<RenderedFile> files = new ArrayList<>();
		String extras = "";
		Matcher heading = HEADING.matcher(output);
		boolean found = heading.find();
		while (found) {
			String source = heading.group(1);
			int from = heading.end();
			found = heading.find();
			String text = output.substring(from, found ? heading.start() : output.length());
			if (source.equals(name + "/" + EXTRAS)) {
				extras = text;
			}
			else {
				files.add(new RenderedFile(source, false, text));
			}
		}
		return new RenderedChart(joined(files, extras), notes(extras));
	}

	/** Documents of one template follow one another in the order in which they stand. */
	private static List<RenderedFile> joined(List<RenderedFile> files, String extras) {
		SortedMap<String, StringBuilder> texts = new TreeMap<>();
		for (RenderedFile file : files) {
			texts.computeIfAbsent(file.source(), (_) -> new StringBuilder()).append("---\n").append(file.text());
		}
		List<RenderedFile> joined = new ArrayList<>();
		texts.forEach((source, text) -> joined.add(new RenderedFile(source, false, text.toString())));
		for (JsonNode line : lines(extras)) {
			if (line.has("crd")) {
				joined.add(new RenderedFile(line.get("crd").asText(), true, line.get("text").asText()));
			}
		}
		return joined;
	}

	private static String notes(String extras) {
		for (JsonNode line : lines(extras)) {
			if (line.has("notes")) {
				return line.get("notes").asText().replace("<no value>", "");
			}
		}
		return "";
	}

	private static List<JsonNode> lines(String extras) {
		List<JsonNode> lines = new ArrayList<>();
		for (String line : extras.lines().filter((each) -> each.startsWith("- ")).toList()) {
			try {
				lines.add(JSON.readTree(line.substring(2)));
			}
			catch (JsonProcessingException ex) {
				throw new IllegalStateException("the renderer's answer cannot be read", ex);
			}
		}
		return lines;
	}

}
