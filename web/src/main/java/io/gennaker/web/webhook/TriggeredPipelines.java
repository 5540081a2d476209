package io.gennaker.web.webhook;

import java.util.List;

import io.gennaker.pipelines.model.Pipeline;

/**
 * The pipelines that events may start.
 */
@FunctionalInterface
public interface TriggeredPipelines {

	/**
	 * The current revision of every pipeline that has one.
	 */
	List<Pipeline> current();

}
