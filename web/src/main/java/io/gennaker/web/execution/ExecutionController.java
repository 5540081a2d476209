package io.gennaker.web.execution;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.execution.ReleaseEngine.Steer;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Executions over HTTP.
 */
@RestController
@RequestMapping("/api/v1")
class ExecutionController {

	private final ExecutionReads reads;

	private final ExecutionStarter starter;

	private final ExecutionSteering steering;

	private final PipelineReads pipelines;

	private final EventStreams streams;

	ExecutionController(ExecutionReads reads, ExecutionStarter starter, ExecutionSteering steering,
			PipelineReads pipelines, EventStreams streams) {
		this.reads = reads;
		this.starter = starter;
		this.steering = steering;
		this.pipelines = pipelines;
		this.streams = streams;
	}

	/**
	 * Starts an execution: 201, or 200 where an earlier request with the same key made
	 * it.
	 */
	@PostMapping("/pipelines/{name}/executions")
	@PreAuthorize("hasRole('ENGINEER')")
	ResponseEntity<ExecutionAnswer> start(@PathVariable String name,
			@RequestBody(required = false) @Nullable StartBody body,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, Principal principal) {
		StartBody given = (body != null) ? body : StartBody.EMPTY;
		given.refuseUnknown();
		if (!this.pipelines.exists(name)) {
			throw new NotFoundException("There is no pipeline '" + name + "'.");
		}
		ReleaseRequest.Trigger trigger = new ReleaseRequest.Trigger("api", principal.getName(), List.of(), Map.of());
		StartedExecution started = this.starter.start(new StartRequest(name, given.givenParameters(),
				given.givenArtifacts(), trigger, key, given.mayBeOlder()));
		ExecutionAnswer answer = answer(started.id());
		URI location = URI.create("/api/v1/executions/" + started.id());
		return started.created() ? ResponseEntity.created(location).body(answer)
				: ResponseEntity.ok().location(location).body(answer);
	}

	@GetMapping("/executions")
	@PreAuthorize("hasRole('VIEWER')")
	ExecutionPage list(@RequestParam(required = false) @Nullable String pipeline,
			@RequestParam(required = false) @Nullable Status status, @RequestParam(defaultValue = "false") boolean open,
			@RequestParam(required = false) @Nullable UUID cursor, @RequestParam(defaultValue = "50") int limit) {
		return this.reads.list(new ExecutionFilter(pipeline, status, open, cursor), limit);
	}

	@GetMapping("/executions/{id}")
	@PreAuthorize("hasRole('VIEWER')")
	ExecutionAnswer get(@PathVariable UUID id) {
		return answer(id);
	}

	/**
	 * The objects of one cluster's rollout.
	 */
	@GetMapping("/executions/{id}/stages/{stage}/clusters/{cluster}/objects")
	@PreAuthorize("hasRole('VIEWER')")
	List<RolloutObject> objects(@PathVariable UUID id, @PathVariable String stage, @PathVariable String cluster) {
		ExecutionDetail execution = this.reads.find(id).orElseThrow(() -> missing(id));
		if (execution.clustersOf(stage).stream().noneMatch((rollout) -> rollout.cluster().equals(cluster))) {
			throw new NotFoundException(
					"Stage '" + stage + "' of execution " + id + " has no cluster '" + cluster + "'.");
		}
		return this.reads.objects(id, stage, cluster);
	}

	/**
	 * Events from the last one on that the reader has; 204, which tells a browser to stop
	 * asking, where no more will come.
	 */
	@GetMapping(path = "/executions/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@PreAuthorize("hasRole('VIEWER')")
	ResponseEntity<SseEmitter> events(@PathVariable UUID id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		Status status = this.reads.status(id).orElseThrow(() -> missing(id));
		long after = after(lastEventId);
		if (status.ended() && this.reads.events(id, after, 1).isEmpty()) {
			return ResponseEntity.noContent().build();
		}
		return ResponseEntity.ok()
			.header("Cache-Control", "no-store")
			.header("X-Accel-Buffering", "no")
			.body(this.streams.open(id, after));
	}

	@PostMapping("/executions/{id}/cancel")
	@PreAuthorize("hasRole('ENGINEER')")
	ExecutionAnswer cancel(@PathVariable UUID id, @RequestBody(required = false) @Nullable Reason reason,
			Principal principal) {
		return steer(id, Steer.CANCEL, reason, principal);
	}

	@PostMapping("/executions/{id}/pause")
	@PreAuthorize("hasRole('ENGINEER')")
	ExecutionAnswer pause(@PathVariable UUID id, @RequestBody(required = false) @Nullable Reason reason,
			Principal principal) {
		return steer(id, Steer.PAUSE, reason, principal);
	}

	@PostMapping("/executions/{id}/resume")
	@PreAuthorize("hasRole('ENGINEER')")
	ExecutionAnswer resume(@PathVariable UUID id, @RequestBody(required = false) @Nullable Reason reason,
			Principal principal) {
		return steer(id, Steer.RESUME, reason, principal);
	}

	private ExecutionAnswer steer(UUID id, Steer steer, @Nullable Reason reason, Principal principal) {
		this.steering.steer(id, steer, principal.getName(), (reason != null) ? reason.text() : "");
		return answer(id);
	}

	private ExecutionAnswer answer(UUID id) {
		ExecutionDetail execution = this.reads.find(id).orElseThrow(() -> missing(id));
		return ExecutionAnswer.of(execution, this.reads.waitingGates(id));
	}

	private static NotFoundException missing(UUID id) {
		return new NotFoundException("There is no execution " + id + ".");
	}

	private static long after(@Nullable String lastEventId) {
		if (lastEventId == null || lastEventId.isBlank()) {
			return 0;
		}
		try {
			return Long.parseLong(lastEventId.strip());
		}
		catch (NumberFormatException ex) {
			throw new InvalidParameterException("Last-Event-ID", "is the id of an event, a number");
		}
	}

	/**
	 * Why something is done.
	 */
	record Reason(@Nullable String reason) {

		private static final int LONGEST = 2_000;

		String text() {
			String text = (this.reason != null) ? this.reason.strip() : "";
			if (text.length() > LONGEST) {
				throw new InvalidParameterException("reason", "has more than " + LONGEST + " characters");
			}
			return text;
		}

	}

}
