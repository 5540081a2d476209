package io.gennaker.web.preview;

import java.security.Principal;

import io.gennaker.web.execution.StartBody;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plans over HTTP.
 */
@RestController
class PlanController {

	private final ReleasePlans plans;

	PlanController(ReleasePlans plans) {
		this.plans = plans;
	}

	/**
	 * What a start with this body would change. Nothing is written, and nothing changes.
	 * @param cluster the only cluster to tell of; all without it
	 * @param documents whether to add the manifests, without the data of Secrets
	 */
	@PostMapping("/api/v1/pipelines/{name}/plan")
	@PreAuthorize("hasRole('ENGINEER')")
	ReleasePlan plan(@PathVariable String name, @RequestBody(required = false) @Nullable StartBody body,
			@RequestParam(required = false) @Nullable String cluster,
			@RequestParam(defaultValue = "false") boolean documents, Principal principal) {
		StartBody given = (body != null) ? body : StartBody.EMPTY;
		given.refuseUnknown();
		return this.plans.plan(new PlanQuestion(name, given.givenParameters(), given.givenArtifacts(),
				principal.getName(), cluster, documents));
	}

}
