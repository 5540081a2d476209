package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads {@code type: wait}.
 */
final class WaitDecoder implements StageDecoder {

	@Override
	public List<String> keys() {
		return List.of("for");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		Value value = section.require("for");
		Duration duration = (value != null) ? value.duration() : null;
		return new Stage.Wait(id, options, (duration != null) ? duration : Duration.ZERO);
	}

}
