package io.gennaker.workflows.temporal;

import io.temporal.common.converter.DataConverter;

/**
 * How records become Temporal payloads: JSON in which every sealed type of the pipeline
 * model carries an explicit {@code type}, named as in the pipeline file.
 */
public final class PayloadConverters {

	private PayloadConverters() {
	}

	/**
	 * The converter that clients and workers must share.
	 */
	public static DataConverter dataConverter() {
		throw new UnsupportedOperationException();
	}

}
