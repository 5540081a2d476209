package io.gennaker.activities.rollout.manifest;

import java.nio.charset.StandardCharsets;

import io.gennaker.activities.mark.ShortHash;
import io.gennaker.activities.mark.Marks;

/**
 * Whose objects they are.
 *
 * @param namespace the release's namespace
 * @param release the release's name
 * @param pipeline the pipeline that rolls it out
 * @param execution the execution
 * @param stage the stage of the execution
 */
public record ReleaseIdentity(String namespace, String release, String pipeline, String execution, String stage) {

	/** The annotation that names the release. */
	public static final String RELEASE = "gennaker.io/release";

	/** The annotation that names the pipeline. */
	public static final String PIPELINE = "gennaker.io/pipeline";

	/**
	 * The annotation that names the execution that applied an object last; a label, too,
	 * of objects that each execution makes anew.
	 */
	public static final String EXECUTION = "gennaker.io/execution";

	/** Such that a Job's pods can still be named after it. */
	private static final int LONGEST_PREFIX = 53;

	/** The annotation that names the run of a hook, so that a repetition finds it. */
	public static final String HOOK_RUN = "gennaker.io/hook-run";

	/**
	 * An object that has a {@code generateName} only, with the name that this execution
	 * gives it.
	 * @param place its place among the release's manifests
	 */
	Manifest name(Manifest manifest, int place) {
		String content = String.join("/", this.execution, this.stage, Integer.toString(place),
				manifest.content().toString());
		String hash = ShortHash.of(content.getBytes(StandardCharsets.UTF_8));
		String prefix = manifest.generateName();
		String name = prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX)) + hash;
		return manifest.without("metadata", "generateName")
			.with(name, "metadata", "name")
			.with(Marks.labelValue(this.execution), "metadata", "labels", EXECUTION);
	}

	/**
	 * Whether each execution gives an object another name, of what has a
	 * {@code generateName} only.
	 */
	public static boolean isNamedByExecution(Manifest manifest) {
		return !manifest.text("metadata", "labels", EXECUTION).isEmpty();
	}

	Manifest stamp(Manifest manifest) {
		return manifest.with(this.release, "metadata", "annotations", RELEASE)
			.with(this.pipeline, "metadata", "annotations", PIPELINE)
			.with(this.execution, "metadata", "annotations", EXECUTION);
	}

	Manifest stampHook(Manifest manifest, Hook hook) {
		return manifest.with(this.execution + "/" + this.stage + "/" + hook.title(), "metadata", "annotations",
				HOOK_RUN);
	}

}
