package io.gennaker.pipelines.language;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.gennaker.pipelines.language.SourceText.Place;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.spelling.Suggestion;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Checks that the files and charts that a pipeline names are among its files. Paths that
 * hold expressions are known only when an execution runs.
 */
final class FileCheck {

	private static final List<String> KUSTOMIZATIONS = List.of("kustomization.yaml", "kustomization.yml",
			"Kustomization");

	private final Draft draft;

	private final Set<String> files;

	private final Set<String> charts;

	private final Set<String> values = new TreeSet<>();

	private FileCheck(Draft draft) {
		this.draft = draft;
		this.files = draft.files().all().keySet();
		this.charts = this.files.stream()
			.filter(file -> file.endsWith("/Chart.yaml") || file.endsWith(".tgz"))
			.map(file -> file.endsWith(".tgz") ? file : file.substring(0, file.lastIndexOf('/')))
			.collect(Collectors.toSet());
	}

	static void check(Draft draft) {
		FileCheck check = new FileCheck(draft);
		check.checkValues("values", draft.pipeline().values().files());
		draft.forEach(Stage.Bake.class, (path, bake) -> {
			switch (bake.chart()) {
				case ChartSource.Path chart -> check.checkChart(path + ".chart.path", chart.path());
				case ChartSource.Manifests manifests ->
					check.checkManifests(path + ".manifests.path", manifests.path());
				case ChartSource.Oci _, ChartSource.Repository _, ChartSource.Git _ -> {
				}
			}
			String kustomize = bake.kustomize();
			if (kustomize != null) {
				check.checkKustomization(path + ".kustomize", kustomize);
			}
			check.checkValues(path + ".values", bake.values());
		});
		draft.forEach(Stage.Operation.class, (path, stage) -> {
			if (stage.operation() instanceof ClusterOperation.RunJob job
					&& job.source() instanceof ClusterOperation.JobSource.File(String file)) {
				check.checkJob(path + ".file", file);
			}
		});
		draft.pipeline().artifacts().forEach((name, artifact) -> {
			if (artifact.verify() instanceof SignaturePolicy.Key(String key, boolean _)) {
				check.checkKey(DocumentPath.child("artifacts", name) + ".verify.key", key);
			}
		});
		draft.pipeline().targets().forEach((name, target) -> {
			check.checkValues(Draft.targetPath(name, "values"), target.values());
			target.overrides()
				.forEach((cluster, override) -> check.checkValues(
						DocumentPath.child(Draft.targetPath(name, "overrides"), cluster) + ".values",
						override.values()));
		});
		check.values.forEach(check::checkContent);
	}

	/** A Job, and nothing beside it: what else a job needs belongs into a release. */
	private void checkJob(String path, String file) {
		if (!inside(path, file)) {
			return;
		}
		if (!this.files.contains(file)) {
			this.draft.problems()
				.at(path, "there is no file " + DocumentPath.quoted(file) + " in the pipeline's folder"
						+ Suggestion.hint(file, this.files, "its files"));
			return;
		}
		Problems problems = this.draft.problems();
		switch (YamlDocument.read(this.draft.files().bytes(file))) {
			case YamlDocument.Reading.Failed failed -> problems.in(file, failed.place(), failed.reason());
			case YamlDocument.Reading.Root root -> {
				Map<String, Value> entries = new Value(root.node(), DocumentPath.ROOT, problems).lookup();
				Value kind = entries.get("kind");
				if (kind == null || !(kind.node() instanceof ScalarNode word) || !word.getValue().equals("Job")) {
					problems.in(file, Place.START, "must be the manifest of one Job (kind: Job)");
				}
			}
			case YamlDocument.Reading.Empty _ ->
				problems.in(file, Place.START, "must be the manifest of one Job, but is empty");
		}
	}

	private void checkKey(String path, String file) {
		if (!PipelineFiles.isInside(file)) {
			this.draft.problems().at(path, DocumentPath.quoted(file) + " is not a path inside the pipeline's folder");
		}
		else if (!this.files.contains(file)) {
			this.draft.problems()
				.at(path, "there is no file " + DocumentPath.quoted(file) + " in the pipeline's folder"
						+ Suggestion.hint(file, this.files, "its files"));
		}
		else if (!new String(this.draft.files().bytes(file), StandardCharsets.US_ASCII)
			.contains("-----BEGIN PUBLIC KEY-----")) {
			this.draft.problems()
				.at(path, DocumentPath.quoted(file) + " holds no public key in PEM (-----BEGIN PUBLIC KEY-----)");
		}
	}

	private void checkValues(String path, List<String> values) {
		for (int i = 0; i < values.size(); i++) {
			String item = DocumentPath.item(path, i);
			String file = values.get(i);
			if (!inside(item, file)) {
				continue;
			}
			if (this.files.contains(file)) {
				this.values.add(file);
			}
			else {
				List<String> candidates = this.files.stream().filter(FileCheck::isValues).toList();
				this.draft.problems()
					.at(item, "there is no file " + DocumentPath.quoted(file) + " in the pipeline's folder"
							+ Suggestion.hint(file, candidates, "its values files"));
			}
		}
	}

	/** Values must be a mapping, or nothing; else every bake would fail. */
	private void checkContent(String file) {
		Problems problems = this.draft.problems();
		switch (YamlDocument.read(this.draft.files().bytes(file))) {
			case YamlDocument.Reading.Failed failed -> problems.in(file, failed.place(), failed.reason());
			case YamlDocument.Reading.Root root -> {
				Value value = new Value(root.node(), DocumentPath.ROOT, problems);
				boolean usable = root.node() instanceof MappingNode || value.kind().equals("nothing");
				if (!usable) {
					problems.in(file, Place.START, "values must be a mapping, not " + value.kind());
				}
			}
			case YamlDocument.Reading.Empty _ -> {
			}
		}
	}

	private static boolean isValues(String file) {
		return file.endsWith(".yaml") && !file.equals(PipelineFiles.PIPELINE) && !file.startsWith("charts/");
	}

	private void checkChart(String path, String chart) {
		if (inside(path, chart) && !this.charts.contains(chart)) {
			List<String> known = this.charts.stream().sorted().toList();
			this.draft.problems()
				.at(path,
						"there is no chart " + DocumentPath.quoted(chart)
								+ " in the pipeline's folder, neither a folder with Chart.yaml nor a .tgz"
								+ Suggestion.hint(chart, known, "its charts"));
		}
	}

	private void checkManifests(String path, String folder) {
		if (inside(path, folder) && this.files.stream()
			.noneMatch(file -> file.startsWith(folder + "/") && file.matches(".*\\.(ya?ml|json)"))) {
			this.draft.problems()
				.at(path,
						"there is no folder " + DocumentPath.quoted(folder)
								+ " with .yaml, .yml or .json files in the pipeline's folder"
								+ Suggestion.hint(folder, folders(), "its folders"));
		}
	}

	private void checkKustomization(String path, String folder) {
		if (inside(path, folder)
				&& KUSTOMIZATIONS.stream().noneMatch(name -> this.files.contains(folder + "/" + name))) {
			this.draft.problems()
				.at(path,
						"there is no folder " + DocumentPath.quoted(folder)
								+ " with a kustomization.yaml in the pipeline's folder"
								+ Suggestion.hint(folder, folders(), "its folders"));
		}
	}

	private List<String> folders() {
		return this.files.stream()
			.filter(file -> file.contains("/"))
			.map(file -> file.substring(0, file.lastIndexOf('/')))
			.distinct()
			.sorted()
			.toList();
	}

	/**
	 * Whether a path is a plain one inside the folder; one that leaves it is reported.
	 */
	private boolean inside(String path, String file) {
		if (file.isBlank() || Names.hasExpression(file)) {
			return false;
		}
		if (PipelineFiles.isInside(file)) {
			return true;
		}
		this.draft.problems()
			.at(path, DocumentPath.quoted(file)
					+ " is not a path inside the pipeline's folder; write it with '/', without '..' and without a '/' at either end");
		return false;
	}

}
