package io.gennaker.web.console;

import java.util.Map;

import io.gennaker.web.console.GateView.ImageChange;
import io.gennaker.web.preview.PlanQuestion;
import io.gennaker.web.preview.ReleasePlan.PlannedCluster;
import io.gennaker.web.preview.ReleasePlans;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.workflows.binding.BoundArtifact;

import org.springframework.stereotype.Component;

/**
 * Plans, fit for people's eyes.
 */
@Component
class PlanViews {

	private final ReleasePlans plans;

	private final ReleaseReads releases;

	PlanViews(ReleasePlans plans, ReleaseReads releases) {
		this.plans = plans;
		this.releases = releases;
	}

	/**
	 * A plan beside what runs now. Fails as {@link ReleasePlans} does.
	 */
	PlanView of(PlanQuestion question) {
		return new PlanView(this.plans.plan(question).clusters().stream().map(this::place).toList());
	}

	private PlanView.Place place(PlannedCluster planned) {
		Map<String, BoundArtifact> running = this.releases
			.current(planned.cluster(), planned.namespace(), planned.release())
			.map(Release::artifacts)
			.orElse(Map.of());
		return new PlanView.Place(planned, ImageChange.of(planned.artifacts().values(), running),
				ShownChanges.of(planned.changes()));
	}

}
