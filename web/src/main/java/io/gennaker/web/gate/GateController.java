package io.gennaker.web.gate;

import java.security.Principal;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gates over HTTP.
 */
@RestController
@RequestMapping("/api/v1")
class GateController {

	private final GateReads gates;

	private final GateDecisions decisions;

	private final Approvers approvers;

	GateController(GateReads gates, GateDecisions decisions, Approvers approvers) {
		this.gates = gates;
		this.decisions = decisions;
		this.approvers = approvers;
	}

	/**
	 * The open gates that the caller may decide and has not.
	 */
	@GetMapping("/gates")
	@PreAuthorize("hasRole('VIEWER')")
	List<Gate> mine(Principal principal) {
		return this.approvers.find(principal.getName()).map(this.gates::openFor).orElseGet(List::of);
	}

	@PostMapping("/executions/{id}/stages/{stage}/decision")
	@PreAuthorize("hasRole('APPROVER')")
	Gate.Decision decide(@PathVariable UUID id, @PathVariable String stage, @RequestBody DecisionBody body,
			Principal principal) {
		String reason = (body.reason() != null) ? body.reason() : "";
		return this.decisions.decide(id, stage, principal.getName(), GateDecisions.Choice.of(body.decision()), reason);
	}

	/**
	 * What a person decides.
	 *
	 * @param decision {@code approve} or {@code reject}
	 */
	record DecisionBody(@Nullable String decision, @Nullable String reason) {
	}

}
