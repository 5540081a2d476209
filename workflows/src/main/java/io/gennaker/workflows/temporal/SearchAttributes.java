package io.gennaker.workflows.temporal;

import java.util.List;

import io.temporal.common.SearchAttributeKey;

/**
 * What operators can search workflows by. The service registers them at its start.
 */
public final class SearchAttributes {

	public static final SearchAttributeKey<String> PIPELINE = SearchAttributeKey.forKeyword("GennakerPipeline");

	public static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("GennakerStatus");

	public static final SearchAttributeKey<String> CLUSTER = SearchAttributeKey.forKeyword("GennakerCluster");

	/** All of them. */
	public static final List<SearchAttributeKey<String>> ALL = List.of(PIPELINE, STATUS, CLUSTER);

	private SearchAttributes() {
	}

}
