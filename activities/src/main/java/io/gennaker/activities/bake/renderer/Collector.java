package io.gennaker.activities.bake.renderer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.ChartTree.Instance;
import io.gennaker.activities.bake.renderer.ChartTree.Template;

/**
 * Gets everything out of Helm that helm-java leaves out. The notes are the only text that
 * a dry run on the client's side gives back; so the scratch copy of a chart gets notes
 * that render each template, in Helm's own order, and give its output, that of the
 * chart's own notes and each file of a {@code crds/} folder, one JSON object per line.
 * <p>
 * The templates get names with an underscore, which Helm does not render by itself, so
 * that each is rendered once: templates that change {@code .Values} see what they would
 * see without the collector. Their own names are kept for those who include them. Since
 * Helm itself decides which subcharts are there, disabled ones stay out.
 */
final class Collector {

	private static final String PREFIX = "_gennaker-";

	private static final String NOTES = "templates/NOTES.txt";

	private static final String NAMES = "templates/" + PREFIX + "names.tpl";

	private static final String DEFINITIONS = """
			{{- define "gennaker.template" -}}
			{{- $scope := .root -}}
			{{- range .chain }}{{ if $scope }}{{ $scope = get $scope.Subcharts . }}{{ end }}{{ end -}}
			{{- if $scope -}}
			{{- if or (not .versions) (has $scope.Chart.Version .versions) -}}
			{{- $_ := set $scope "Template" (dict "Name" .name "BasePath" .base) -}}
			{{- $text := include .file $scope -}}
			{{- dict .kind .name "text" $text | toJson }}
			{{ end -}}
			{{- end -}}
			{{- end -}}
			{{- define "gennaker.chart" -}}
			{{- $scope := .scope -}}
			{{- $path := .path -}}
			{{- $known := .known -}}
			{{- if not (has $path $known) }}{{ fail (printf "chart %s is there under an unexpected name" $path) }}{{ end -}}
			{{- range $file, $_ := $scope.Files.Glob "crds/**" -}}
			{{- dict "crd" (printf "%s/%s" $path $file) "text" ($scope.Files.Get $file) | toJson }}
			{{ end -}}
			{{- $declared := list -}}
			{{- range $scope.Chart.Dependencies }}{{ $declared = append $declared .Name }}{{ end -}}
			{{- range $name, $sub := $scope.Subcharts -}}
			{{- if not (has $name $declared) -}}
			{{- template "gennaker.chart" (dict "scope" $sub "path" (printf "%s/charts/%s" $path $name) "known" $known) -}}
			{{- end -}}
			{{- end -}}
			{{- range $name := $declared | uniq -}}
			{{- $sub := get $scope.Subcharts $name -}}
			{{- if $sub -}}
			{{- template "gennaker.chart" (dict "scope" $sub "path" (printf "%s/charts/%s" $path $name) "known" $known) -}}
			{{- end -}}
			{{- end -}}
			{{- end -}}
			""";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final SortedMap<String, byte[]> files;

	private final ChartTree tree;

	private Collector(SortedMap<String, byte[]> files) {
		this.files = files;
		this.tree = ChartTree.of(files);
	}

	/**
	 * The chart's files with what collects their output.
	 * @param files a chart's files by path; subcharts are folders
	 */
	static SortedMap<String, byte[]> addTo(SortedMap<String, byte[]> files) {
		return new Collector(files).prepared();
	}

	private SortedMap<String, byte[]> prepared() {
		SortedMap<String, byte[]> prepared = new TreeMap<>(this.files);
		for (String chart : this.tree.folders()) {
			for (String template : this.tree.templates(chart)) {
				byte[] content = Objects.requireNonNull(prepared.remove(chart + template));
				put(prepared, chart + renamed(template), content);
			}
		}
		List<Template> templates = templates();
		put(prepared, NAMES, names(templates).getBytes(StandardCharsets.UTF_8));
		put(prepared, NOTES, (DEFINITIONS + calls(templates)).getBytes(StandardCharsets.UTF_8));
		return prepared;
	}

	private static void put(Map<String, byte[]> files, String name, byte[] content) {
		if (files.put(name, content) != null) {
			throw new BakeRefusedException("the chart has a file " + name + ", whose name is reserved");
		}
	}

	private static String renamed(String template) {
		int name = template.lastIndexOf('/') + 1;
		return template.substring(0, name) + PREFIX + template.substring(name);
	}

	private List<Template> templates() {
		Set<Template> templates = new TreeSet<>(Template.RENDER_ORDER);
		for (Instance instance : this.tree.instances()) {
			this.tree.templates(instance.folder()).forEach((file) -> templates.add(new Template(instance, file)));
		}
		return List.copyOf(templates);
	}

	/** Whoever includes a template does so by the name that its file has in the chart. */
	private static String names(List<Template> templates) {
		return templates.stream()
			.filter((template) -> !template.file().equals(NOTES))
			.map((template) -> "{{- define " + quoted(template.name()) + " }}{{ template "
					+ quoted(template.instance().path() + "/" + renamed(template.file())) + " . }}{{ end -}}\n")
			.collect(Collectors.joining());
	}

	private String calls(List<Template> templates) {
		StringBuilder calls = new StringBuilder();
		for (Template template : templates) {
			Instance instance = template.instance();
			calls.append("{{- template \"gennaker.template\" (dict \"root\" $ \"chain\" ")
				.append(list(instance.chain()))
				.append(" \"versions\" ")
				.append(list(versions(template)))
				.append(" \"kind\" ")
				.append(quoted(kind(template)))
				.append(" \"name\" ")
				.append(quoted(template.name()))
				.append(" \"base\" ")
				.append(quoted(instance.path() + "/templates"))
				.append(" \"file\" ")
				.append(quoted(instance.path() + "/" + renamed(template.file())))
				.append(") -}}\n");
		}
		calls.append("{{- template \"gennaker.chart\" (dict \"scope\" $ \"path\" ")
			.append(quoted(this.tree.instances().getFirst().path()))
			.append(" \"known\" ")
			.append(list(this.tree.instances().stream().map(Instance::path).distinct().toList()))
			.append(") -}}\n{{ dict \"end\" \"\" \"text\" \"\" | toJson }}\n");
		return calls.toString();
	}

	/** The notes of subcharts are rendered, as Helm does, and shown to nobody. */
	private static String kind(Template template) {
		if (template.instance().chain().isEmpty() && template.file().equals(NOTES)) {
			return "notes";
		}
		return template.file().endsWith("NOTES.txt") ? "unused" : "template";
	}

	/**
	 * Which versions of a chart have a template, where charts of one name differ in that;
	 * else none.
	 */
	private List<String> versions(Template template) {
		List<Instance> sameName = this.tree.instances()
			.stream()
			.filter((other) -> other.path().equals(template.instance().path()))
			.toList();
		List<String> having = sameName.stream()
			.filter((other) -> this.files.containsKey(other.folder() + template.file()))
			.map((other) -> other.metadata().version())
			.distinct()
			.toList();
		return (having.size() == sameName.size()) ? List.of() : having;
	}

	private static String list(List<String> texts) {
		return texts.stream().map(Collector::quoted).collect(Collectors.joining(" ", "(list ", ")"));
	}

	/** Go reads what JSON writes. */
	private static String quoted(String text) {
		try {
			return JSON.writeValueAsString(text);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("texts can be written as JSON", ex);
		}
	}

	/**
	 * What the collected output holds.
	 * @param output what Helm said
	 */
	static RenderedChart read(String output) {
		List<RenderedChart.RenderedFile> files = new ArrayList<>();
		Map<String, List<RenderedChart.RenderedFile>> crds = new LinkedHashMap<>();
		String notes = "";
		for (JsonNode node : NotesOutput.of(output)) {
			String text = node.get("text").asText();
			if (node.has("notes")) {
				notes = cleaned(text);
			}
			else if (node.has("template")) {
				files.add(new RenderedChart.RenderedFile(node.get("template").asText(), false, cleaned(text)));
			}
			else if (node.has("crd")) {
				String source = node.get("crd").asText();
				crds.computeIfAbsent(source.substring(0, source.indexOf("/crds/")), (_) -> new ArrayList<>())
					.add(new RenderedChart.RenderedFile(source, true, text));
			}
		}
		files.sort(Comparator.comparing(RenderedChart.RenderedFile::source, Utf8Order.INSTANCE));
		crds.values().forEach((ofChart) -> ofChart.sort(Collector::byFolders));
		crds.values().forEach(files::addAll);
		return new RenderedChart(files, notes);
	}

	/** As one finds files who walks through folders. */
	private static int byFolders(RenderedChart.RenderedFile first, RenderedChart.RenderedFile second) {
		return Arrays.compare(first.source().split("/"), second.source().split("/"), Utf8Order.INSTANCE);
	}

	/** Helm does the same to each template's output. */
	private static String cleaned(String text) {
		return text.replace("<no value>", "");
	}

	/**
	 * An error of Helm's, with the templates' own names.
	 */
	static String plainError(String error) {
		return error.replace(PREFIX, "").strip();
	}

}
