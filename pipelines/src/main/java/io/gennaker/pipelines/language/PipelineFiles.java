package io.gennaker.pipelines.language;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The files of a pipeline's revision, in memory: {@code pipeline.yaml}, values files,
 * charts.
 */
public final class PipelineFiles {

	/** The one file that every pipeline has. */
	public static final String PIPELINE = "pipeline.yaml";

	private static final Set<String> LEAVING = Set.of("", ".", "..");

	private final SortedMap<String, byte[]> content;

	/**
	 * Takes files by their paths, which are relative to the pipeline's folder, use
	 * {@code /} and hold no {@code ..}.
	 * @param content the files' bytes by path
	 * @throws IllegalArgumentException for a path that leads elsewhere
	 */
	public PipelineFiles(Map<String, byte[]> content) {
		content.keySet().forEach(PipelineFiles::check);
		this.content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
	}

	/**
	 * A pipeline that is one document.
	 */
	public static PipelineFiles of(String pipelineYaml) {
		return new PipelineFiles(Map.of(PIPELINE, pipelineYaml.getBytes(StandardCharsets.UTF_8)));
	}

	private static void check(String path) {
		if (!isInside(path)) {
			throw new IllegalArgumentException("'" + path + "' is not a path inside a pipeline's folder");
		}
	}

	/**
	 * Whether a path is relative and stays inside the folder that it is relative to.
	 */
	static boolean isInside(String path) {
		return !path.contains("\\") && path.indexOf('\0') < 0
				&& Arrays.stream(path.split("/", -1)).noneMatch(LEAVING::contains);
	}

	public byte @Nullable [] bytes(String path) {
		return this.content.get(path);
	}

	public @Nullable String text(String path) {
		byte[] bytes = this.content.get(path);
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	/**
	 * All files by path, sorted.
	 */
	public SortedMap<String, byte[]> all() {
		return this.content;
	}

}
