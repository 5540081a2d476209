package io.gennaker.web.execution;

import java.util.Map;

import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an execution of a pipeline's current revision.
 *
 * @param pipeline its name
 * @param parameters values as JSON or a form gives them
 * @param artifacts tags or digests by component
 * @param trigger what asks
 * @param idempotencyKey a repeated request with the same key gives the same execution;
 * null for none
 * @param allowOlder whether it may replace something newer
 */
public record StartRequest(String pipeline, Map<String, ? extends @Nullable Object> parameters,
		Map<String, String> artifacts, ReleaseRequest.Trigger trigger, @Nullable String idempotencyKey,
		boolean allowOlder) {

	/**
	 * One that replaces nothing that is newer.
	 */
	public StartRequest(String pipeline, Map<String, ? extends @Nullable Object> parameters,
			Map<String, String> artifacts, ReleaseRequest.Trigger trigger, @Nullable String idempotencyKey) {
		this(pipeline, parameters, artifacts, trigger, idempotencyKey, false);
	}

}
