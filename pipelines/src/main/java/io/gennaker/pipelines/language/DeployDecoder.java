package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.List;

import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads {@code type: deploy}.
 */
final class DeployDecoder implements StageDecoder {

	@Override
	public List<String> keys() {
		return List.of("target", "bake", "order", "waves", "max-parallel", "failure-budget", "soak");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		Duration soak = section.duration("soak");
		return new Stage.Deploy(id, options, section.requiredText("target"), section.text("bake"),
				section.groups("order"), section.groups("waves"), section.count("max-parallel", 1),
				section.count("failure-budget", 0, 0), (soak != null) ? soak : Duration.ZERO);
	}

}
