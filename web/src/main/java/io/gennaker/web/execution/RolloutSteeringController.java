package io.gennaker.web.execution;

import java.security.Principal;
import java.util.UUID;

import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.execution.ReleaseEngine.ClusterSteer;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A person's word on single clusters of a deploy, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/executions/{id}/stages/{stage}")
@PreAuthorize("hasRole('ENGINEER')")
class RolloutSteeringController {

	private final RolloutSteering steering;

	private final ExecutionReads reads;

	RolloutSteeringController(RolloutSteering steering, ExecutionReads reads) {
		this.steering = steering;
		this.reads = reads;
	}

	/**
	 * Tries a cluster again that failed; at once one that does not answer.
	 */
	@PostMapping("/clusters/{cluster}/retry")
	ExecutionAnswer retry(@PathVariable UUID id, @PathVariable String stage, @PathVariable String cluster,
			@RequestBody(required = false) ExecutionController.@Nullable Reason reason, Principal principal) {
		this.steering.steer(id, stage, cluster, ClusterSteer.RETRY, principal.getName(), text(reason));
		return answer(id);
	}

	/**
	 * Leaves a cluster out: one that has not started, failed, or does not answer.
	 */
	@PostMapping("/clusters/{cluster}/skip")
	ExecutionAnswer skip(@PathVariable UUID id, @PathVariable String stage, @PathVariable String cluster,
			@RequestBody(required = false) ExecutionController.@Nullable Reason reason, Principal principal) {
		this.steering.steer(id, stage, cluster, ClusterSteer.SKIP, principal.getName(), text(reason));
		return answer(id);
	}

	/**
	 * Lets a deploy fail that waits, beyond its failure budget, for a person's word.
	 */
	@PostMapping("/give-up")
	ExecutionAnswer giveUp(@PathVariable UUID id, @PathVariable String stage,
			@RequestBody(required = false) ExecutionController.@Nullable Reason reason, Principal principal) {
		this.steering.giveUp(id, stage, principal.getName(), text(reason));
		return answer(id);
	}

	private static String text(ExecutionController.@Nullable Reason reason) {
		return (reason != null) ? reason.text() : "";
	}

	private ExecutionAnswer answer(UUID id) {
		ExecutionDetail execution = this.reads.find(id)
			.orElseThrow(() -> new NotFoundException("There is no execution " + id + "."));
		return ExecutionAnswer.of(execution, this.reads.waitingGates(id));
	}

}
