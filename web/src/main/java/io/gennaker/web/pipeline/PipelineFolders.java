package io.gennaker.web.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.web.settings.GennakerProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the folder of pipeline folders at the start and whenever something in it has
 * changed and has then been left alone for a moment. Looking at times and sizes works on
 * every file system, also on those mounted into a container, where watching does not.
 */
@Component
class PipelineFolders implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(PipelineFolders.class);

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private final Catalogue catalogue;

	private final Path folder;

	private final Path charts;

	private final Duration interval;

	private final Map<String, Integer> kept = new HashMap<>();

	private @Nullable Integer seen;

	private @Nullable Integer read;

	private CountDownLatch stopped = new CountDownLatch(0);

	private @Nullable Thread thread;

	@Autowired
	PipelineFolders(Catalogue catalogue, GennakerProperties properties) {
		this(catalogue, locate(properties.pipelines()), locate(properties.charts()), INTERVAL);
	}

	PipelineFolders(Catalogue catalogue, Path folder, Path charts, Duration interval) {
		this.catalogue = catalogue;
		this.folder = folder;
		this.charts = charts;
		this.interval = interval;
	}

	/**
	 * A path as configured; one that is relative and not here is looked for beside the
	 * working directory, which a build tool may have set to a module's folder.
	 */
	static Path locate(String configured) {
		Path path = Path.of(configured);
		if (path.isAbsolute() || Files.exists(path)) {
			return path.toAbsolutePath().normalize();
		}
		Path beside = Path.of("..").resolve(path);
		return (Files.exists(beside) ? beside : path).toAbsolutePath().normalize();
	}

	@Override
	public synchronized void start() {
		this.stopped = new CountDownLatch(1);
		if (!Files.isDirectory(this.folder)) {
			log.warn("There is no folder of pipelines at {}; set gennaker.pipelines, or send pipelines to the API",
					this.folder);
		}
		attempt(() -> {
			this.read = fingerprint(this.folder, this.charts);
			this.seen = this.read;
			readAll();
		});
		this.thread = Thread.ofVirtual().name("pipeline-folders").start(this::watch);
	}

	private void watch() {
		try {
			while (!this.stopped.await(this.interval.toMillis(), TimeUnit.MILLISECONDS)) {
				attempt(this::look);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() throws IOException {
		int now = fingerprint(this.folder, this.charts);
		boolean settled = Objects.equals(this.seen, now);
		this.seen = now;
		if (settled && !Objects.equals(this.read, now)) {
			readAll();
			this.read = now;
		}
	}

	private void readAll() throws IOException {
		if (!Files.isDirectory(this.folder)) {
			return;
		}
		List<Path> folders;
		try (Stream<Path> children = Files.list(this.folder)) {
			folders = children.filter((child) -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
				.filter((child) -> Files.exists(child.resolve(PipelineFiles.PIPELINE), LinkOption.NOFOLLOW_LINKS))
				.sorted()
				.toList();
		}
		for (Path child : folders) {
			readOne(child);
		}
	}

	private void readOne(Path child) throws IOException {
		String name = child.getFileName().toString();
		int fingerprint = fingerprint(child, this.charts);
		if (Objects.equals(this.kept.get(name), fingerprint)) {
			return;
		}
		PipelineFolder.Content content = PipelineFolder.read(child, this.charts, FolderLimits.DEFAULT);
		switch (this.catalogue.saveFolder(name, content.files(), content.problems())) {
			case Catalogue.Saved.Kept(int revision, boolean created) when created ->
				log.info("Pipeline {} has revision {} from {}", name, revision, child);
			case Catalogue.Saved.Kept _ -> log.debug("Pipeline {} has not changed", name);
			case Catalogue.Saved.Refused refused -> log.warn("Pipeline {} in {} has {} problems, the first: {}", name,
					child, refused.problems().size(), refused.problems().getFirst());
		}
		this.kept.put(name, fingerprint);
	}

	/**
	 * Nothing that a folder or the database does may end the watch: the next look may
	 * find it well.
	 */
	private void attempt(Look look) {
		try {
			look.run();
		}
		catch (IOException | RuntimeException ex) {
			this.read = null;
			log.warn("The folder of pipelines at {} could not be read and will be again: {}", this.folder,
					ex.toString());
		}
	}

	private static int fingerprint(Path... roots) throws IOException {
		Fingerprint fingerprint = new Fingerprint();
		for (Path root : roots) {
			if (Files.isDirectory(root)) {
				Files.walkFileTree(root, fingerprint);
			}
		}
		return fingerprint.hash;
	}

	@Override
	public synchronized void stop() {
		this.stopped.countDown();
		Thread watching = this.thread;
		if (watching != null) {
			watching.interrupt();
			this.thread = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * Pipelines are there before the first page is.
	 */
	@Override
	public int getPhase() {
		return 0;
	}

	@FunctionalInterface
	private interface Look {

		void run() throws IOException;

	}

	private static final class Fingerprint extends SimpleFileVisitor<Path> {

		private int hash = 1;

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			// A sum, so that the order in which a file system lists does not count.
			this.hash += Objects.hash(file.toString(), attributes.size(), attributes.lastModifiedTime());
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException failure) {
			// Gone between being listed and being looked at.
			return FileVisitResult.CONTINUE;
		}

	}

}
