package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Reads a chart from a commit's tree. Links and submodules lead elsewhere and are
 * refused.
 */
final class GitTree {

	private final Repository repository;

	private final String source;

	private final ChartLimits limits;

	private long bytes;

	GitTree(Repository repository, String source, ChartLimits limits) {
		this.repository = repository;
		this.source = source;
		this.limits = limits;
	}

	/**
	 * The files below a path, by their paths seen from there; a file that is the path
	 * itself has an empty one.
	 */
	SortedMap<String, byte[]> files(String commit, String path) throws IOException {
		try (RevWalk commits = new RevWalk(this.repository); ObjectReader objects = this.repository.newObjectReader()) {
			RevTree tree = commits.parseCommit(ObjectId.fromString(commit)).getTree();
			if (path.isEmpty()) {
				return folder(objects, tree);
			}
			try (TreeWalk walk = TreeWalk.forPath(objects, path, tree)) {
				if (walk == null) {
					throw new BakeRefusedException(this.source + ": there is no '" + path + "' at commit " + commit);
				}
				FileMode mode = walk.getFileMode();
				if (mode.equals(FileMode.TREE)) {
					return folder(objects, walk.getObjectId(0));
				}
				requirePlain(mode, path);
				SortedMap<String, byte[]> file = new TreeMap<>();
				file.put("", content(objects, walk.getObjectId(0)));
				return file;
			}
		}
		catch (MissingObjectException ex) {
			throw new BakeRefusedException(this.source + ": the host did not send all of commit " + commit, ex);
		}
	}

	private SortedMap<String, byte[]> folder(ObjectReader objects, ObjectId tree) throws IOException {
		SortedMap<String, byte[]> files = new TreeMap<>();
		try (TreeWalk walk = new TreeWalk(this.repository, objects)) {
			walk.addTree(tree);
			walk.setRecursive(true);
			while (walk.next()) {
				String path = walk.getPathString();
				requirePlain(walk.getFileMode(), path);
				if (files.size() >= this.limits.entries()) {
					throw new BakeRefusedException(
							this.source + " has more than " + this.limits.entries() + " files, which is the limit");
				}
				files.put(path, content(objects, walk.getObjectId(0)));
			}
		}
		return files;
	}

	private void requirePlain(FileMode mode, String path) {
		if (mode.equals(FileMode.SYMLINK)) {
			throw new BakeRefusedException(this.source + " has a link, '" + path + "'; links are refused");
		}
		if (mode.equals(FileMode.GITLINK)) {
			throw new BakeRefusedException(
					this.source + " has a submodule, '" + path + "'; submodules are not fetched");
		}
	}

	private byte[] content(ObjectReader objects, ObjectId id) throws IOException {
		ObjectLoader loader = objects.open(id);
		this.bytes += loader.getSize();
		if (this.bytes > this.limits.bytes()) {
			throw new BakeRefusedException(
					this.source + " is larger than " + this.limits.bytes() / 1024 + " KiB, which is the limit");
		}
		return loader.getBytes((int) loader.getSize());
	}

}
