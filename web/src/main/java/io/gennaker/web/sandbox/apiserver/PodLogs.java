package io.gennaker.web.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the containers of a cluster wrote.
 */
@FunctionalInterface
public interface PodLogs {

	/**
	 * The lines of one container, each ended.
	 * @param container empty for the only one
	 * @param previous whether the container before its last restart is meant
	 */
	String read(JsonNode pod, String container, boolean previous);

}
