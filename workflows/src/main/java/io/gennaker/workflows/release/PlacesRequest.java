package io.gennaker.workflows.release;

import java.util.List;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Cluster;

/**
 * Asks for the texts of namespaces and release names.
 *
 * @param context what expressions may refer to, without a cluster
 */
public record PlacesRequest(ExpressionContext context, List<UnresolvedPlace> places) {

	/**
	 * One cluster of one deploy, as the file has it.
	 */
	public record UnresolvedPlace(Cluster cluster, String namespace, String release) {
	}

}
