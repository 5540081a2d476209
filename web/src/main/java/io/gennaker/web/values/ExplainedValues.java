package io.gennaker.web.values;

import java.util.UUID;

import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;

/**
 * Tells which layer of values won in an execution's bakes.
 */
public interface ExplainedValues {

	/**
	 * The values of one cluster, without what looks like a secret.
	 * @param stage a bake stage
	 * @throws NotFoundException if there is no such execution, bake stage or cluster of
	 * it
	 * @throws ConflictException if it cannot be told, in words for people
	 */
	ValuesExplanation of(UUID execution, String stage, String cluster);

}
