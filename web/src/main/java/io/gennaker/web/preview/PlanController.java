package io.gennaker.web.preview;

import java.security.Principal;

import io.gennaker.web.execution.StartBody;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plans over HTTP.
 */
@RestController
class PlanController {

	private final ReleasePlanner planner;

	PlanController(ReleasePlanner planner) {
		this.planner = planner;
	}

	/**
	 * What a start with this body would change. Nothing is written, and nothing changes.
	 */
	@PostMapping("/api/v1/pipelines/{name}/plan")
	@PreAuthorize("hasRole('ENGINEER')")
	ReleasePlan plan(@PathVariable String name, @RequestBody(required = false) @Nullable StartBody body,
			Principal principal) {
		StartBody given = (body != null) ? body : StartBody.EMPTY;
		given.refuseUnknown();
		return this.planner.plan(name, given.givenParameters(), given.givenArtifacts(), principal.getName());
	}

}
