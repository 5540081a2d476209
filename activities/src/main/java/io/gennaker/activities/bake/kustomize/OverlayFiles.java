package io.gennaker.activities.bake.kustomize;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gennaker.activities.bake.kustomize.Kustomization.Reference;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;

/**
 * The files that an overlay needs, and no others: all kustomizations that can be reached
 * from it are read, and each of their references must be a file or a folder of the
 * pipeline's revision. So what kustomize would fetch, run or read elsewhere is refused
 * before it runs, and is not there if it should.
 */
final class OverlayFiles {

	/** What kustomizations list to get what was rendered. */
	static final String RENDERED = "rendered.yaml";

	private final PipelineFiles revision;

	private final SortedMap<String, byte[]> files = new TreeMap<>();

	private final Deque<String> folders = new ArrayDeque<>();

	private final Set<String> seen = new HashSet<>();

	private final Set<String> wanted = new HashSet<>();

	private OverlayFiles(PipelineFiles revision) {
		this.revision = revision;
	}

	/**
	 * The files by path, with what was rendered among them.
	 * @param overlay a folder of the revision
	 * @throws BakeRefusedException if it has no kustomization, or one refers to what is
	 * not a file of the revision
	 */
	static Map<String, byte[]> of(PipelineFiles revision, String overlay, String rendered) {
		OverlayFiles walk = new OverlayFiles(revision);
		String folder = String.join("/", walk.resolve("", overlay, "kustomize: " + overlay));
		walk.walk(folder);
		byte[] text = rendered.getBytes(StandardCharsets.UTF_8);
		if (walk.wanted.isEmpty()) {
			String file = walk.kustomization(folder);
			walk.files.put(file, RenderedResource.addTo(file, walk.files.getOrDefault(file, new byte[0])));
			walk.files.put(child(folder, RENDERED), text);
		}
		walk.wanted.forEach((file) -> walk.files.put(file, text));
		return walk.files;
	}

	private void walk(String overlay) {
		enter(overlay, "the stage");
		while (!this.folders.isEmpty()) {
			String folder = this.folders.removeFirst();
			String file = kustomization(folder);
			byte[] yaml = this.revision.all().getOrDefault(file, new byte[0]);
			this.files.put(file, yaml);
			Kustomization.references(file, yaml).forEach((reference) -> take(folder, reference));
		}
	}

	private void enter(String folder, String who) {
		if (kustomization(folder).isEmpty()) {
			throw new BakeRefusedException(who + " names the folder '" + folder
					+ "', which has no kustomization.yaml among the pipeline's files");
		}
		if (this.seen.add(folder)) {
			this.folders.add(folder);
		}
	}

	private String kustomization(String folder) {
		return Kustomization.NAMES.stream()
			.map((name) -> child(folder, name))
			.filter((file) -> this.revision.bytes(file) != null)
			.findFirst()
			.orElse("");
	}

	private static String child(String folder, String name) {
		return folder.isEmpty() ? name : folder + "/" + name;
	}

	private void take(String folder, Reference reference) {
		String who = reference.file() + ": '" + reference.key() + "'";
		String path = String.join("/", resolve(folder, reference.path(), who));
		byte[] content = this.revision.bytes(path);
		if (reference.isResource() && path.equals(child(folder, RENDERED))) {
			this.wanted.add(path);
		}
		else if (content != null) {
			this.files.put(path, content);
		}
		else if (reference.folder() && !kustomization(path).isEmpty()) {
			enter(path, who);
		}
		else {
			throw new BakeRefusedException(who + " names '" + reference.path() + "', which is neither a file"
					+ (reference.folder() ? " nor a folder with a kustomization.yaml" : "")
					+ " of the pipeline's revision; nothing is fetched from elsewhere, so put it among the pipeline's files");
		}
	}

	/**
	 * The names of a path from the revision's root.
	 */
	private List<String> resolve(String folder, String path, String who) {
		boolean remote = path.contains(":") || path.contains("@") || path.contains("?") || path.contains("//")
				|| path.toLowerCase(Locale.ROOT).startsWith("github.com/");
		if (remote) {
			throw new BakeRefusedException(who + " names '" + path
					+ "', which is or looks like a place in the network; put it among the pipeline's files");
		}
		if (path.isBlank() || path.startsWith("/") || path.contains("\\") || path.chars().anyMatch((c) -> c < ' ')) {
			throw new BakeRefusedException(
					who + " names '" + path.replaceAll("\\p{Cntrl}", "?") + "', which is not a relative path");
		}
		List<String> names = new ArrayList<>(folder.isEmpty() ? List.of() : Arrays.asList(folder.split("/")));
		for (String name : path.split("/")) {
			if (name.equals("..")) {
				if (names.isEmpty()) {
					throw new BakeRefusedException(who + " names '" + path + "', which leaves the pipeline's folder");
				}
				names.removeLast();
			}
			else if (!name.equals(".")) {
				names.add(name);
			}
		}
		return names;
	}

}
