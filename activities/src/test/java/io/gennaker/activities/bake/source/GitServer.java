package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * A Git repository with charts, served over HTTP as Git's own server does.
 */
final class GitServer implements AutoCloseable {

	private static final PersonIdent ANN = new PersonIdent("Ann", "ann@example.com");

	private final Repository repository;

	private ObjectId head;

	GitServer(Path folder) throws IOException {
		LonelyGit.install();
		this.repository = new FileRepository(new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup());
		this.repository.create(true);
	}

	/** Serves the repository. */
	void serve(ChartServer server, String path) {
		server.handle(path + "/info/refs", this::advertise);
		server.handle(path + "/git-upload-pack", this::upload);
	}

	/**
	 * Commits these files and no others to the branch main.
	 * @param links where links lead, by path
	 */
	String commit(Map<String, byte[]> files, Map<String, String> links) throws IOException {
		try (ObjectInserter inserter = this.repository.newObjectInserter()) {
			DirCache index = DirCache.newInCore();
			DirCacheBuilder builder = index.builder();
			for (Map.Entry<String, byte[]> file : files.entrySet()) {
				builder.add(entry(file.getKey(), FileMode.REGULAR_FILE,
						inserter.insert(Constants.OBJ_BLOB, file.getValue())));
			}
			for (Map.Entry<String, String> link : links.entrySet()) {
				boolean submodule = link.getValue().isEmpty();
				builder.add(entry(link.getKey(), submodule ? FileMode.GITLINK : FileMode.SYMLINK,
						submodule ? ObjectId.fromString("1".repeat(40))
								: inserter.insert(Constants.OBJ_BLOB, Charts.bytes(link.getValue()))));
			}
			builder.finish();
			CommitBuilder commit = new CommitBuilder();
			commit.setTreeId(index.writeTree(inserter));
			if (this.head != null) {
				commit.setParentId(this.head);
			}
			commit.setAuthor(ANN);
			commit.setCommitter(ANN);
			commit.setMessage("Charts");
			this.head = inserter.insert(commit);
			inserter.flush();
			update("refs/heads/main", this.head);
			return this.head.name();
		}
	}

	private static DirCacheEntry entry(String path, FileMode mode, ObjectId id) {
		DirCacheEntry entry = new DirCacheEntry(path);
		entry.setFileMode(mode);
		entry.setObjectId(id);
		return entry;
	}

	/** Moves or makes an annotated tag of the newest commit. */
	void tag(String name) throws IOException {
		try (ObjectInserter inserter = this.repository.newObjectInserter()) {
			TagBuilder tag = new TagBuilder();
			tag.setTag(name);
			tag.setObjectId(this.head, Constants.OBJ_COMMIT);
			tag.setTagger(ANN);
			tag.setMessage(name);
			ObjectId id = inserter.insert(tag);
			inserter.flush();
			update("refs/tags/" + name, id);
		}
	}

	private void update(String ref, ObjectId id) throws IOException {
		RefUpdate update = this.repository.updateRef(ref);
		update.setNewObjectId(id);
		update.forceUpdate();
	}

	private void advertise(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream out = exchange.getResponseBody(); UploadPack pack = new UploadPack(this.repository)) {
			pack.setBiDirectionalPipe(false);
			PacketLineOut lines = new PacketLineOut(out);
			lines.writeString("# service=git-upload-pack\n");
			lines.end();
			pack.sendAdvertisedRefs(new RefAdvertiser.PacketLineOutRefAdvertiser(lines));
		}
	}

	private void upload(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
		boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
		try (InputStream body = exchange.getRequestBody();
				InputStream in = packed ? new GZIPInputStream(body) : body;
				UploadPack pack = new UploadPack(this.repository)) {
			exchange.sendResponseHeaders(200, 0);
			pack.setBiDirectionalPipe(false);
			try (OutputStream out = exchange.getResponseBody()) {
				pack.uploadWithExceptionPropagation(in, out, null);
			}
		}
		catch (org.eclipse.jgit.transport.ServiceMayNotContinueException
				| org.eclipse.jgit.transport.UploadPackInternalServerErrorException ex) {
			// The client has been told.
		}
	}

	@Override
	public void close() {
		this.repository.close();
	}

}
