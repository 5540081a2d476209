package io.gennaker.web.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.language.Problem;

/**
 * Reads one pipeline's folder, with the shared charts that it refers to. Links are never
 * followed: they would lead a pipeline to files that are none of its business.
 */
final class PipelineFolder {

	private final FolderLimits limits;

	private final Map<String, byte[]> content = new TreeMap<>();

	private final List<Problem> problems = new ArrayList<>();

	private long bytes;

	private PipelineFolder(FolderLimits limits) {
		this.limits = limits;
	}

	/**
	 * Reads a folder.
	 * @param charts the folder of shared charts, which need not exist
	 * @throws IOException if a file cannot be read
	 */
	static Content read(Path folder, Path charts, FolderLimits limits) throws IOException {
		PipelineFolder reading = new PipelineFolder(limits);
		reading.add(folder, "");
		byte[] document = reading.content.get(PipelineFiles.PIPELINE);
		for (String name : ChartReferences.in(document)) {
			String prefix = ChartReferences.FOLDER + name;
			Path chart = charts.resolve(name);
			boolean own = reading.content.keySet().stream().anyMatch((path) -> path.startsWith(prefix + "/"));
			if (!own && Files.isDirectory(chart, LinkOption.NOFOLLOW_LINKS)) {
				reading.add(chart, prefix + "/");
			}
		}
		return new Content(new PipelineFiles(reading.content), List.copyOf(reading.problems));
	}

	private void add(Path root, String prefix) throws IOException {
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				return (!directory.equals(root) && hidden(directory)) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (hidden(file)) {
					return FileVisitResult.CONTINUE;
				}
				String path = prefix
						+ root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
				return accept(path, file, attributes) ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
			}

		});
	}

	private boolean accept(String path, Path file, BasicFileAttributes attributes) throws IOException {
		if (!attributes.isRegularFile()) {
			return refuse(path, attributes.isSymbolicLink() ? "is a link, and links are not followed: put the file here"
					: "is not a file");
		}
		if (this.content.size() >= this.limits.files()) {
			return refuse(path, "is one file too many: a pipeline may have " + this.limits.files());
		}
		if (path.chars().filter((character) -> character == '/').count() > this.limits.depth()) {
			return refuse(path, "lies deeper than " + this.limits.depth() + " folders");
		}
		this.bytes += attributes.size();
		if (this.bytes > this.limits.bytes()) {
			return refuse(path, "makes the pipeline larger than " + (this.limits.bytes() >> 20) + " MiB");
		}
		this.content.put(path, Files.readAllBytes(file));
		return true;
	}

	private boolean refuse(String path, String why) {
		this.problems.add(new Problem(path, 1, 1, "", why));
		return false;
	}

	/**
	 * Whether it belongs to an editor or a version control system rather than to the
	 * pipeline. What {@code .helmignore} says matters to charts.
	 */
	private static boolean hidden(Path path) {
		String name = path.getFileName().toString();
		return name.startsWith(".") && !name.equals(".helmignore");
	}

	/**
	 * What was read.
	 *
	 * @param problems why it is not all of the folder; empty where it is
	 */
	record Content(PipelineFiles files, List<Problem> problems) {
	}

}
