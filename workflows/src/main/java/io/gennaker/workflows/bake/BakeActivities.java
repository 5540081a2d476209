package io.gennaker.workflows.bake;

import io.temporal.activity.ActivityInterface;

/**
 * Templates charts and binds images.
 */
@ActivityInterface(namePrefix = "Bake")
public interface BakeActivities {

	/**
	 * Renders, binds and stores the manifests of every destination. The same request
	 * gives the same digests. Fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#BAKE_REFUSED}) for a chart that does
	 * not render, a limit that is passed, a required artifact that binds nowhere, an
	 * image of the pipeline's that was left unbound, a declared field that is not there
	 * and an image to pin that its registry does not have. A registry that does not
	 * answer is retried.
	 */
	BakeResult bake(BakeRequest request);

}
