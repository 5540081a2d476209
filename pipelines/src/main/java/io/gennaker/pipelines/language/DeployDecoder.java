package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;

/**
 * Reads {@code type: deploy}.
 */
final class DeployDecoder implements StageDecoder {

	private static final Pattern OBJECT = Pattern.compile("[A-Z][A-Za-z0-9]*(?:/[a-z0-9][a-z0-9.:-]*)?");

	@Override
	public List<String> keys() {
		return List.of("target", "bake", "order", "waves", "canary-cluster", "max-parallel", "failure-budget",
				"when-exceeded", "soak", "prune", "adopt", "force-conflicts", "recreate");
	}

	@Override
	public Stage decode(String id, Options options, Section section) {
		Duration soak = section.duration("soak");
		return new Stage.Deploy(id, options, section.requiredText("target"), section.text("bake"),
				section.groups("order"), PacingDecoder.listed(section), section.count("max-parallel", 1),
				PacingDecoder.budget(section), (soak != null) ? soak : Duration.ZERO, applying(section),
				PacingDecoder.decode(section));
	}

	private static Applying applying(Section section) {
		List<String> recreate = section.texts("recreate");
		for (int i = 0; i < recreate.size(); i++) {
			String object = recreate.get(i);
			if (!object.isEmpty() && !OBJECT.matcher(object).matches()) {
				section.value()
					.problems()
					.at(DocumentPath.item(section.path("recreate"), i),
							"must be a kind such as Job, or an object such as Job/migrate, not "
									+ DocumentPath.quoted(object));
			}
		}
		return new Applying(section.flag("prune", true), section.flag("adopt", false),
				section.flag("force-conflicts", false), recreate);
	}

}
