package io.gennaker.web.sandbox.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the registry holds, in a folder: blobs and manifests under their digests, tags as
 * files with a digest in them. A manifest's media type stands beside it.
 */
final class Content {

	private final Path blobs;

	private final Path repositories;

	private final Path uploads;

	Content(Path folder) {
		this.blobs = folder.resolve("blobs");
		this.repositories = folder.resolve("repositories");
		this.uploads = folder.resolve("uploads");
		try {
			for (Path one : List.of(this.blobs, this.repositories, this.uploads)) {
				Files.createDirectories(one);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The sandbox registry cannot use the folder " + folder, ex);
		}
	}

	Optional<byte[]> blob(String digest) {
		return read(blobFile(digest));
	}

	/** The size of a blob, where there is one. */
	Optional<Path> blobPath(String digest) {
		return Optional.of(blobFile(digest)).filter(Files::exists);
	}

	String putBlob(byte[] content) {
		String digest = Digests.of(content);
		write(blobFile(digest), content);
		return digest;
	}

	Optional<Manifest> manifest(String repository, String reference) {
		String digest = Digests.isDigest(reference) ? reference
				: read(tagFile(repository, reference)).map(Content::text).orElse("");
		if (!Digests.isDigest(digest)) {
			return Optional.empty();
		}
		return read(manifestFile(repository, digest)).map(Content::text)
			.flatMap((type) -> blob(digest).map((content) -> new Manifest(digest, type, content)));
	}

	/** Keeps a manifest under its digest and, where the reference is one, its tag. */
	Manifest putManifest(String repository, String reference, String type, byte[] content) {
		Manifest manifest = new Manifest(putBlob(content), type, content);
		write(manifestFile(repository, manifest.digest()), type.getBytes(StandardCharsets.UTF_8));
		if (!Digests.isDigest(reference)) {
			write(tagFile(repository, reference), manifest.digest().getBytes(StandardCharsets.UTF_8));
		}
		return manifest;
	}

	/** The repository's tags in their order; none if there is no such repository. */
	Optional<List<String>> tags(String repository) {
		Path folder = repositoryFolder(repository).resolve("_tags");
		if (!Files.isDirectory(folder)) {
			return Optional.empty();
		}
		try (Stream<Path> files = Files.list(folder)) {
			return Optional.of(files.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.endsWith(".new"))
				.sorted()
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String startUpload() {
		String id = UUID.randomUUID().toString();
		write(this.uploads.resolve(id), new byte[0]);
		return id;
	}

	/** Where an upload gathers; none if it was never started or is finished. */
	Optional<Path> upload(String id) {
		return Optional.of(this.uploads.resolve(id)).filter(Files::exists);
	}

	/** Makes a finished upload a blob, whose digest the caller has checked. */
	void finishUpload(Path upload, String digest) {
		try {
			Files.move(upload, blobFile(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path blobFile(String digest) {
		return this.blobs.resolve(digest.substring(digest.indexOf(':') + 1));
	}

	private Path repositoryFolder(String repository) {
		return this.repositories.resolve(repository);
	}

	private Path tagFile(String repository, String tag) {
		return repositoryFolder(repository).resolve("_tags").resolve(tag);
	}

	private Path manifestFile(String repository, String digest) {
		return repositoryFolder(repository).resolve("_manifests").resolve(digest.substring(digest.indexOf(':') + 1));
	}

	private static Optional<byte[]> read(Path file) {
		try {
			return Optional.of(Files.readAllBytes(file));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path file, byte[] content) {
		try {
			makeParents(file);
			Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
			Files.write(fresh, content);
			Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void makeParents(Path file) throws IOException {
		try {
			Files.createDirectories(file.getParent());
		}
		catch (FileAlreadyExistsException ex) {
			throw new RegistryException(400, "NAME_INVALID", "a repository's name collides with another's");
		}
	}

	private static String text(byte[] content) {
		return new String(content, StandardCharsets.UTF_8).strip();
	}

	/**
	 * A manifest as it was pushed.
	 *
	 * @param type its media type
	 */
	record Manifest(String digest, String type, byte[] content) {
	}

}
