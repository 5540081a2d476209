package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads what one type of stage has beyond what all have.
 */
interface StageDecoder {

	/**
	 * The keys of its own.
	 */
	List<String> keys();

	/**
	 * Reads; what is wrong is reported and read as its default.
	 */
	Stage decode(String id, Options options, Section section);

}
