package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

	/** Helm renders it last, so that notes which change values change them for nobody. */
	private static final String EXTRAS = "templates/!gennaker-extras.yaml";

	private static final String EXTRAS_TEMPLATE = """
			{{- define "gennaker.crds" -}}
			{{- $path := .path -}}
			{{- $scope := .scope -}}
			{{- range $file, $_ := $scope.Files.Glob "crds/**" }}
			- {{ dict "crd" (printf "%s/%s" $path $file) "text" ($scope.Files.Get $file) | toJson }}
			{{- end }}
			{{- $declared := list }}
			{{- range $scope.Chart.Dependencies }}{{ $declared = append $declared .Name }}{{ end }}
			{{- $names := list }}
			{{- range $name, $_ := $scope.Subcharts }}
			{{- if not (has $name $declared) }}{{ $names = append $names $name }}{{ end }}
			{{- end }}
			{{- range $name := concat $names ($declared | uniq) }}
			{{- with get $scope.Subcharts $name }}
			{{- include "gennaker.crds" (dict "scope" . "path" (printf "%s/charts/%s" $path $name)) }}
			{{- end }}
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
	static SortedMap<String, byte[]> files(SortedMap<String, byte[]> chart, boolean alone) {
		SortedMap<String, byte[]> files = new TreeMap<>(chart);
		String extras = EXTRAS_TEMPLATE + (files.containsKey("templates/NOTES.txt") ? NOTES : "");
		put(files, EXTRAS, extras);
		if (alone) {
			int deepest = files.keySet().stream().mapToInt(ProgramChart::depth).max().orElse(0);
			for (String folder : ChartTree.of(chart).folders()) {
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
		SortedMap<String, StringBuilder> texts = new TreeMap<>(Utf8Order.INSTANCE);
		for (RenderedFile file : files) {
			texts.computeIfAbsent(file.source(), (_) -> new StringBuilder()).append("---\n").append(file.text());
		}
		List<RenderedFile> joined = new ArrayList<>();
		texts.forEach((source, text) -> joined.add(new RenderedFile(source, false, text.toString())));
		joined.addAll(crds(extras));
		return joined;
	}

	/** Charts in Helm's order; of each, as one finds files who walks through folders. */
	private static List<RenderedFile> crds(String extras) {
		Map<String, List<RenderedFile>> crds = new LinkedHashMap<>();
		for (JsonNode line : lines(extras)) {
			if (line.has("crd")) {
				String source = line.get("crd").asText();
				crds.computeIfAbsent(source.substring(0, source.indexOf("/crds/")), (_) -> new ArrayList<>())
					.add(new RenderedFile(source, true, line.get("text").asText()));
			}
		}
		crds.values()
			.forEach((ofChart) -> ofChart.sort((first, second) -> Arrays.compare(first.source().split("/"),
					second.source().split("/"), Utf8Order.INSTANCE)));
		return crds.values().stream().flatMap(List::stream).toList();
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
