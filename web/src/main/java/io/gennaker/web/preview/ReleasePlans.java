package io.gennaker.web.preview;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.UnavailableException;
import io.gennaker.web.execution.StartRefusedException;

/**
 * Tells what a start would change. Nothing is written, and nothing changes.
 */
public interface ReleasePlans {

	/**
	 * Plans an execution of a pipeline's current revision. Slow, as it bakes and asks
	 * every cluster for every object.
	 * @throws NotFoundException if there is no such pipeline
	 * @throws StartRefusedException if it could not be started, bound or baked like this
	 * @throws UnavailableException if a registry or the host of a chart does not answer
	 */
	ReleasePlan plan(PlanQuestion question);

}
