package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import org.jspecify.annotations.Nullable;

/**
 * Charts in Git repositories. What a folder has at a commit is kept, so that a known
 * commit is fetched once.
 */
final class GitCharts implements SourceReader<ChartSource.Git> {

	private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

	/** What Git allows of names, less what could be taken for something else. */
	private static final Pattern REF = Pattern
		.compile("(?!.*(\\.\\.|//|@\\{|/\\.|\\.lock$))[A-Za-z0-9_][A-Za-z0-9_./+@-]{0,250}");

	private final GitRemotes remotes;

	private final ChartCache cache;

	private final ChartLimits limits;

	GitCharts(GitRemotes remotes, ChartCache cache, ChartLimits limits) {
		this.remotes = remotes;
		this.cache = cache;
		this.limits = limits;
	}

	@Override
	public SourceContent read(ChartSource.Git source, @Nullable Pin pin) throws IOException {
		String name = SourceNames.of(source);
		String path = RelativePath.resolve("", source.path());
		URI address = address(name, source.git());
		String known = (pin != null) ? pin.reference() : source.ref();
		if (COMMIT.matcher(known).matches()) {
			Optional<byte[]> kept = this.cache.named(key(address, known, path));
			if (kept.isPresent()) {
				return content(source, known, path, PackedFolder.unpack(kept.get()));
			}
		}
		else if (!REF.matcher(known).matches()) {
			throw new BakeRefusedException(name + ": '" + known + "' is not the name of a tag or a branch, nor the 40"
					+ " digits of a commit");
		}
		try (GitFetch fetch = this.remotes.open(name, address)) {
			return fetched(source, name, address, path, known, fetch);
		}
	}

	private SourceContent fetched(ChartSource.Git source, String name, URI address, String path, String known,
			GitFetch fetch) throws IOException {
		String commit = fetch.resolve(known, COMMIT.matcher(known).matches());
		Optional<byte[]> kept = this.cache.named(key(address, commit, path));
		if (kept.isPresent()) {
			return content(source, commit, path, PackedFolder.unpack(kept.get()));
		}
		String found = fetch.fetch(known, commit);
		SortedMap<String, byte[]> files = new GitTree(fetch.repository(), name, this.limits).files(found, path);
		this.cache.keep(key(address, found, path), PackedFolder.pack(files));
		return content(source, found, path, files);
	}

	private SourceContent content(ChartSource.Git source, String commit, String path, SortedMap<String, byte[]> files) {
		String place = place(source.git(), path);
		Map<String, byte[]> placed = new TreeMap<>();
		files.forEach((file, bytes) -> placed.put(file.isEmpty() ? place : place + "/" + file, bytes));
		return new SourceContent(new PipelineFiles(placed), place, commit,
				(relative) -> read(new ChartSource.Git(source.git(), commit, RelativePath.resolve(path, relative)),
						new Pin("", commit)));
	}

	/** The last name of the path, or of the repository. */
	private static String place(String git, String path) {
		String whole = path.isEmpty() ? git.replaceAll("(\\.git)?/*$", "") : path;
		return SourceNames.file(whole.substring(whole.lastIndexOf('/') + 1));
	}

	private static String key(URI address, String commit, String path) {
		return String.join("\n", "git", address.toString(), commit, path);
	}

	private static URI address(String name, String git) {
		try {
			return URI.create(git);
		}
		catch (IllegalArgumentException ex) {
			throw new BakeRefusedException(name + ": '" + git + "' is not an address that begins with https://", ex);
		}
	}

}
