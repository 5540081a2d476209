package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * One fetch of one commit from a Git repository, without its history where the host
 * allows, into a bare repository that goes when this is closed. Nothing is checked out
 * and nothing of it is run.
 */
final class GitFetch implements AutoCloseable {

	private static final long PACK_LIMIT = 256L * 1024 * 1024;

	private static final long OBJECT_LIMIT = 64L * 1024 * 1024;

	private static final int TIMEOUT_SECONDS = 30;

	private static final String HERE = "refs/heads/chart";

	static {
		LonelyGit.install();
	}

	private final String source;

	private final URI address;

	private final ChartHost host;

	private final GitConnection.Watch watch;

	private final Path folder;

	private final Repository repository;

	private GitFetch(String source, URI address, ChartHost host, Path folder) throws IOException {
		this.source = source;
		this.address = address;
		this.host = host;
		this.watch = new GitConnection.Watch(address, PACK_LIMIT);
		this.folder = folder;
		this.repository = new BoundedRepository(folder);
		this.repository.create(true);
	}

	static GitFetch open(String source, URI address, ChartHost host, Path parent) throws IOException {
		return new GitFetch(source, address, host, Files.createTempDirectory(Files.createDirectories(parent), "git-"));
	}

	Repository repository() {
		return this.repository;
	}

	/**
	 * The commit that a ref stands for at this moment; a tag comes before a branch of its
	 * name.
	 * @param commit whether it is one already
	 */
	String resolve(String ref, boolean commit) throws IOException {
		if (commit) {
			return ref;
		}
		Map<String, Ref> refs = refs();
		Ref found = refs.getOrDefault("refs/tags/" + ref, refs.get("refs/heads/" + ref));
		if (found == null || found.getObjectId() == null) {
			List<String> names = refs.keySet()
				.stream()
				.filter((name) -> name.startsWith("refs/tags/") || name.startsWith("refs/heads/"))
				.map((name) -> name.substring(name.indexOf('/', "refs/".length()) + 1))
				.sorted(Comparator.reverseOrder())
				.limit(8)
				.toList();
			throw new BakeRefusedException(this.source + ": the repository has neither tag nor branch " + ref
					+ (names.isEmpty() ? "; it is empty" : "; it has " + String.join(", ", names)));
		}
		ObjectId peeled = found.getPeeledObjectId();
		return ((peeled != null) ? peeled : found.getObjectId()).name();
	}

	private Map<String, Ref> refs() throws IOException {
		try (Transport transport = transport(); FetchConnection connection = transport.openFetch()) {
			return connection.getRefsMap();
		}
		catch (TransportException | NotSupportedException ex) {
			throw failed(ex);
		}
	}

	/**
	 * Fetches a commit.
	 * @param ref the tag or branch that stands for it, or itself
	 * @return the commit that came, which is another if the branch moved in between
	 */
	String fetch(String ref, String commit) throws IOException {
		boolean named = !ref.equals(commit);
		try {
			fetch(1, new RefSpec("+" + commit + ":" + HERE));
		}
		catch (TransportException ex) {
			if (this.watch.status() != 200 && this.watch.status() != 0) {
				throw failed(ex);
			}
			return fetchAround(named ? ref : "", commit);
		}
		return commit;
	}

	/** For hosts that give no single commits: all that leads to it. */
	private String fetchAround(String ref, String commit) throws IOException {
		try {
			fetch(0, new RefSpec("+refs/heads/*:refs/remotes/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));
		}
		catch (TransportException ex) {
			throw failed(ex);
		}
		if (!this.repository.getObjectDatabase().has(ObjectId.fromString(commit))) {
			throw new BakeRefusedException(this.source + ": the repository has no commit " + commit
					+ (ref.isEmpty() ? "" : " any more, which was " + ref) + "; check it");
		}
		return commit;
	}

	private void fetch(int depth, RefSpec... refs) throws IOException {
		try (Transport transport = transport()) {
			if (depth > 0) {
				transport.setDepth(depth);
			}
			transport.setTagOpt(TagOpt.NO_TAGS);
			transport.fetch(NullProgressMonitor.INSTANCE, List.of(refs));
		}
	}

	private Transport transport() throws IOException {
		try {
			Transport transport = Transport.open(this.repository, new URIish(this.address.toString()));
			transport.setTimeout(TIMEOUT_SECONDS);
			if (transport instanceof TransportHttp http) {
				http.setHttpConnectionFactory(this.watch);
			}
			if (this.host.username() != null && this.host.password() != null) {
				transport.setCredentialsProvider(
						new UsernamePasswordCredentialsProvider(this.host.username(), this.host.password()));
			}
			return transport;
		}
		catch (URISyntaxException ex) {
			throw new BakeRefusedException(this.source + ": " + this.address + " is not an address", ex);
		}
	}

	private IOException failed(IOException ex) {
		int status = this.watch.status();
		String host = this.host.host();
		if (!this.watch.elsewhere().isEmpty()) {
			throw new BakeRefusedException(this.source + ": " + host + " redirects to " + this.watch.elsewhere()
					+ ", where this service does not follow; write the address that it leads to", ex);
		}
		if (this.watch.isTooLarge() || isCausedBy(ex, TooLargeObjectInPackException.class)) {
			throw new BakeRefusedException(
					this.source + ": the repository is larger than " + PACK_LIMIT / 1024
							+ " KiB, or one of its files than " + OBJECT_LIMIT / 1024 + " KiB, which are the limits",
					ex);
		}
		if (status == 401 || status == 403) {
			throw new BakeRefusedException(this.source + ": " + host + " refuses access (HTTP " + status
					+ "); check its credentials under gennaker.git-hosts", ex);
		}
		if (status == 404 || isCausedBy(ex, NoRemoteRepositoryException.class)) {
			throw new BakeRefusedException(this.source + ": " + host
					+ " has no such repository, or hides it; check its address, and the credentials under gennaker.git-hosts",
					ex);
		}
		if (!this.watch.otherType().isEmpty() || isCausedBy(ex, PackProtocolException.class)) {
			throw new BakeRefusedException(this.source + ": " + host + " answers, but not in Git's smart protocol"
					+ (this.watch.otherType().isEmpty() ? "" : " (" + this.watch.otherType() + ")")
					+ "; check the address of the repository", ex);
		}
		String said = (status != 0 && status != 200) ? "HTTP " + status : String.valueOf(ex.getMessage());
		return new SourceUnavailableException(this.source + ": " + host + ": " + said, ex);
	}

	private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void close() {
		this.repository.close();
		try (Stream<Path> files = Files.walk(this.folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A repository that takes no object larger than the limit: what the pack says of an
	 * object's size is what JGit would reserve.
	 */
	private static final class BoundedRepository extends FileRepository {

		BoundedRepository(Path folder) throws IOException {
			super(new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup());
		}

		@Override
		public ObjectInserter newObjectInserter() {
			ObjectInserter inserter = super.newObjectInserter();
			return new ObjectInserter.Filter() {

				@Override
				protected ObjectInserter delegate() {
					return inserter;
				}

				@Override
				public PackParser newPackParser(InputStream in) throws IOException {
					PackParser parser = super.newPackParser(in);
					parser.setMaxObjectSizeLimit(OBJECT_LIMIT);
					return parser;
				}

			};
		}

	}

}
