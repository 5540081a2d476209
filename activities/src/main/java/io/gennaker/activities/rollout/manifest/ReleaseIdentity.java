package io.gennaker.activities.rollout.manifest;

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

	/** The annotation that names the execution that applied an object last. */
	public static final String EXECUTION = "gennaker.io/execution";

	/** The annotation that names the run of a hook, so that a repetition finds it. */
	public static final String HOOK_RUN = "gennaker.io/hook-run";

	Manifest stamp(Manifest manifest) {
		return manifest.with(this.release, "metadata", "annotations", RELEASE)
			.with(this.pipeline, "metadata", "annotations", PIPELINE)
			.with(this.execution, "metadata", "annotations", EXECUTION);
	}

	Manifest stampHook(Manifest manifest, Hook hook) {
		return manifest.with(this.execution + "/" + this.stage + "/" + hook.moment().title(), "metadata", "annotations",
				HOOK_RUN);
	}

}
