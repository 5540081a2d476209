package io.gennaker.web.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a cluster's objects in a file: some moments after a change, and when closed. The
 * file is replaced as a whole, so that a kill leaves the old one or the new one.
 */
final class StateFile implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(StateFile.class);

	private final Path file;

	private final ObjectStore store;

	private final ScheduledExecutorService writer = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sandbox-state").factory());

	private long written;

	StateFile(Path file, ObjectStore store, Duration every) {
		this.file = file;
		this.store = store;
		this.writer.scheduleWithFixedDelay(this::writeIfChanged, every.toMillis(), every.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * The state that was kept before, if any.
	 * @throws UncheckedIOException if the file cannot be read
	 */
	static Optional<ObjectNode> read(Path file) {
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		try {
			return Optional.of(Json.read(Files.readAllBytes(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The state of a sandbox cluster cannot be read: delete " + file + " to start that cluster empty",
					ex);
		}
	}

	@Override
	public void close() {
		this.writer.shutdown();
		try {
			if (!this.writer.awaitTermination(10, TimeUnit.SECONDS)) {
				logger.warn("Writing {} takes long", this.file);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		writeIfChanged();
	}

	private void writeIfChanged() {
		long revision = this.store.revision();
		if (revision == this.written) {
			return;
		}
		try {
			Path fresh = this.file.resolveSibling(this.file.getFileName() + ".new");
			Files.write(fresh, Json.bytes(this.store.snapshot()));
			Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			this.written = revision;
		}
		catch (IOException ex) {
			logger.warn("The state of a sandbox cluster cannot be kept in {}: {}", this.file, ex.toString());
		}
	}

}
