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
		return List.of("target", "bake", "order", "waves", "canary-cluster", "max-parallel", "failure-budget",
				"when-exceeded", "soak");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		Duration soak = section.duration("soak");
		return new Stage.Deploy(id, options, section.requiredText("target"), section.text("bake"),
				section.groups("order"), PacingDecoder.listed(section), section.count("max-parallel", 1),
				PacingDecoder.budget(section), (soak != null) ? soak : Duration.ZERO, PacingDecoder.decode(section));
	}

}
