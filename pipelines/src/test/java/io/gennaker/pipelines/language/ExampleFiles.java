package io.gennaker.pipelines.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.gennaker.pipelines.model.Cluster;

/**
 * The example pipeline as the service assembles it: its own folder and the shared chart.
 */
final class ExampleFiles {

	static final List<Cluster> INVENTORY = Stream.of("beijing", "guangdong", "shanghai")
		.map(name -> new Cluster(name, name, Map.of("env", "prod")))
		.toList();

	private ExampleFiles() {
	}

	static PipelineFiles classroom() {
		Map<String, byte[]> files = new TreeMap<>();
		add(files, Path.of("examples/classroom"), "");
		add(files, Path.of("../charts/classroom"), "charts/classroom/");
		return new PipelineFiles(files);
	}

	private static void add(Map<String, byte[]> files, Path folder, String prefix) {
		try (Stream<Path> walk = Files.walk(folder)) {
			for (Path file : walk.filter(Files::isRegularFile).toList()) {
				String name = folder.relativize(file).toString().replace('\\', '/');
				files.put(prefix + name, Files.readAllBytes(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
