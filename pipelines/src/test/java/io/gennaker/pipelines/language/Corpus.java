package io.gennaker.pipelines.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pipeline files kept as test resources, read beside a chart and some values files.
 */
final class Corpus {

	private Corpus() {
	}

	/** The names of the files of a folder, without {@code .yaml}. */
	static List<String> names(String folder) {
		try (Stream<Path> files = Files.list(path(folder))) {
			return files.map(file -> file.getFileName().toString())
				.filter(name -> name.endsWith(".yaml"))
				.map(name -> name.substring(0, name.length() - ".yaml".length()))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(String file) {
		try {
			return Files.readString(path(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path path(String name) {
		try {
			URL url = Objects.requireNonNull(Corpus.class.getResource(name), name);
			return Path.of(url.toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static ReadResult read(String pipelineYaml) {
		return read(pipelineYaml.getBytes(StandardCharsets.UTF_8));
	}

	static ReadResult read(byte[] pipelineYaml) {
		Map<String, byte[]> files = new TreeMap<>();
		List.of("charts/app/Chart.yaml", "charts/app.tgz", "values/prod.yaml", "values/beijing.yaml",
				"manifests/app/service.json", "overlays/prod/kustomization.yaml")
			.forEach(name -> files.put(name, new byte[0]));
		files.put("keys/cosign.pub", "-----BEGIN PUBLIC KEY-----\n".getBytes(StandardCharsets.US_ASCII));
		files.put("jobs/migrate.yaml", "apiVersion: batch/v1\nkind: Job\n".getBytes(StandardCharsets.US_ASCII));
		files.put(PipelineFiles.PIPELINE, pipelineYaml);
		return new PipelineReader().read(new PipelineFiles(files), ExampleFiles.INVENTORY);
	}

	/** The problems of a file, one line each. */
	static String problems(ReadResult result) {
		return switch (result) {
			case ReadResult.Valid _ -> "";
			case ReadResult.Invalid invalid ->
				String.join("\n", invalid.problems().stream().map(Problem::toString).toList()) + "\n";
		};
	}

}
