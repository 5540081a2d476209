package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.ChartSource;
import org.jspecify.annotations.Nullable;

/**
 * Charts of repositories with an {@code index.yaml}
 * (https://helm.sh/docs/topics/chart_repository/).
 */
final class IndexedCharts implements SourceReader<ChartSource.Repository> {

	/** Larger than the largest in use. */
	private static final long INDEX_LIMIT = 50L * 1024 * 1024;

	private final ChartDownloads downloads;

	private final ChartCache cache;

	private final long archiveLimit;

	/**
	 * Reads over HTTP.
	 * @param archiveLimit how many bytes an archive may have
	 */
	IndexedCharts(ChartDownloads downloads, ChartCache cache, long archiveLimit) {
		this.downloads = downloads;
		this.cache = cache;
		this.archiveLimit = archiveLimit;
	}

	@Override
	public SourceContent read(ChartSource.Repository source, @Nullable Pin pin) throws IOException {
		Optional<byte[]> kept = (pin != null) ? this.cache.find(pin.reference()) : Optional.empty();
		if (kept.isPresent() && pin != null) {
			return SourceContent.archive(file(source, pin.version()), kept.get(), pin.reference());
		}
		return find(source, (pin != null) ? pin.version() : source.version(), (pin != null) ? pin.reference() : "");
	}

	private SourceContent find(ChartSource.Repository source, String version, String expected) throws IOException {
		String name = SourceNames.of(source);
		URI index = address(name, source.repository(), "index.yaml");
		List<ChartIndex.Entry> versions = ChartIndex.versions(name, source.name(),
				this.downloads.get(name, index, INDEX_LIMIT));
		if (versions.isEmpty()) {
			throw new BakeRefusedException(name + ": " + ChartDownloads.place(index) + " lists no chart "
					+ source.name() + "; check its name");
		}
		String chosen = VersionChoice.of(name, version, versions.stream().map(ChartIndex.Entry::version).toList());
		ChartIndex.Entry entry = versions.stream()
			.filter((each) -> each.version().equals(chosen))
			.findFirst()
			.orElseThrow();
		String listed = listed(name, entry);
		if (!expected.isEmpty() && !listed.isEmpty() && !listed.equals(expected)) {
			throw new BakeRefusedException(name + ": version " + chosen + " was " + expected + ", but is listed as "
					+ listed + " now; it was published anew");
		}
		return archive(source, name, entry, listed.isEmpty() ? expected : listed);
	}

	private SourceContent archive(ChartSource.Repository source, String name, ChartIndex.Entry entry, String digest)
			throws IOException {
		Optional<byte[]> kept = digest.isEmpty() ? Optional.empty() : this.cache.find(digest);
		if (kept.isPresent()) {
			return SourceContent.archive(file(source, entry.version()), kept.get(), digest);
		}
		if (entry.urls().isEmpty()) {
			throw new BakeRefusedException(name + ": its index.yaml has no address for version " + entry.version());
		}
		URI address = address(name, source.repository(), entry.urls().getFirst());
		byte[] archive = this.downloads.get(name, address, this.archiveLimit);
		String found = Sha256.of(archive);
		if (!digest.isEmpty() && !found.equals(digest)) {
			throw new BakeRefusedException(name + ": " + ChartDownloads.place(address) + " gave " + found + " where "
					+ digest + " is expected; it is damaged, or someone tampers with it");
		}
		this.cache.keep(archive);
		return SourceContent.archive(file(source, entry.version()), archive, found);
	}

	/** Helm writes the digits alone. */
	private static String listed(String name, ChartIndex.Entry entry) {
		if (entry.digest().isEmpty()) {
			return "";
		}
		String text = entry.digest().toLowerCase(Locale.ROOT);
		String digest = text.startsWith("sha256:") ? text : "sha256:" + text;
		if (!Sha256.isDigest(digest)) {
			throw new BakeRefusedException(name + ": its index.yaml has no SHA-256 for version " + entry.version()
					+ ", but other text in its place");
		}
		return digest;
	}

	private static String file(ChartSource.Repository source, String version) {
		return SourceNames.file(source.name() + "-" + version) + ".tgz";
	}

	private static URI address(String name, String repository, String relative) {
		try {
			return URI.create(repository.endsWith("/") ? repository : repository + "/").resolve(relative);
		}
		catch (IllegalArgumentException ex) {
			throw new BakeRefusedException(
					name + ": neither '" + repository + "' nor what its index names is an address", ex);
		}
	}

}
