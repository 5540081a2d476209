package io.gennaker.activities.bake.source;

import java.io.IOException;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.ChartSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads charts of one kind of source.
 *
 * @param <S> the kind
 */
interface SourceReader<S extends ChartSource> {

	/**
	 * Finds the chart and gets its files.
	 * @param source without expressions
	 * @param pin what it must be, where that is known
	 * @throws BakeRefusedException if there is no such chart, access is refused, or what
	 * comes is not what was asked for
	 * @throws IOException if the source does not answer now
	 */
	SourceContent read(S source, @Nullable Pin pin) throws IOException;

}
