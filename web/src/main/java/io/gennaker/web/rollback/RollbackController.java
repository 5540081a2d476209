package io.gennaker.web.rollback;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;

import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.execution.StartedExecution;
import io.gennaker.web.rollback.RollbackRequest.Choice;
import io.gennaker.web.rollback.RollbackRequest.Subject;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
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

/**
 * Rollbacks over HTTP.
 */
@RestController
@RequestMapping("/api/v1")
class RollbackController {

	private static final String PLACE = "/releases/{cluster}/{namespace}/{release}/rollback";

	private final RollbackPreviews previews;

	private final ReturnPreview changes;

	private final Rollbacks rollbacks;

	RollbackController(RollbackPreviews previews, ReturnPreview changes, Rollbacks rollbacks) {
		this.previews = previews;
		this.changes = changes;
		this.rollbacks = rollbacks;
	}

	/**
	 * What taking an execution back would do.
	 */
	@GetMapping("/executions/{id}/rollback")
	@PreAuthorize("hasRole('VIEWER')")
	RollbackPreview ofExecution(@PathVariable UUID id) {
		return this.previews.of(new Subject.OfExecution(id), List.of());
	}

	/**
	 * What taking one place back would do.
	 */
	@GetMapping(PLACE)
	@PreAuthorize("hasRole('VIEWER')")
	RollbackPreview ofPlace(@PathVariable String cluster, @PathVariable String namespace, @PathVariable String release,
			@RequestParam(required = false) @Nullable Long to) {
		Subject.OfPlace place = new Subject.OfPlace(cluster, namespace, release);
		return this.previews.of(place, choices(place, to));
	}

	/**
	 * Every object of a kept release, and what would become of it if that came back.
	 */
	@GetMapping("/releases/{to}/changes")
	@PreAuthorize("hasRole('ENGINEER')")
	Changes changes(@PathVariable long to) {
		try {
			return new Changes(this.changes.of(to).changes(), null);
		}
		catch (PreviewUnavailableException ex) {
			return new Changes(List.of(), ex.getMessage());
		}
	}

	/**
	 * What would change.
	 *
	 * @param changes every object of the release; empty where the cluster could not be
	 * asked
	 * @param problem why the cluster could not be asked, in words for people
	 */
	record Changes(List<ObjectChange> changes, @Nullable String problem) {
	}

	/**
	 * Takes an execution back: 201, or 200 where an earlier request with the same key did
	 * it.
	 */
	@PostMapping("/executions/{id}/rollback")
	@PreAuthorize("hasRole('ENGINEER')")
	ResponseEntity<StartedExecution> takeBack(@PathVariable UUID id,
			@RequestBody(required = false) @Nullable RollbackBody body,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, Principal principal) {
		RollbackBody given = (body != null) ? body : RollbackBody.EMPTY;
		given.refuseUnknown("'reason' and 'places'");
		if (given.to() != null) {
			throw new InvalidParameterException("to", "is said for each place, in 'places'");
		}
		return answer(this.rollbacks.start(new RollbackRequest(new Subject.OfExecution(id), given.choices(),
				principal.getName(), given.text(), key)));
	}

	/**
	 * Takes one place back.
	 */
	@PostMapping(PLACE)
	@PreAuthorize("hasRole('ENGINEER')")
	ResponseEntity<StartedExecution> takeBack(@PathVariable String cluster, @PathVariable String namespace,
			@PathVariable String release, @RequestBody(required = false) @Nullable RollbackBody body,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, Principal principal) {
		RollbackBody given = (body != null) ? body : RollbackBody.EMPTY;
		given.refuseUnknown("'reason' and 'to'");
		if (given.places() != null) {
			throw new InvalidParameterException("places", "is for whole executions; say 'to'");
		}
		Subject.OfPlace place = new Subject.OfPlace(cluster, namespace, release);
		return answer(this.rollbacks
			.start(new RollbackRequest(place, choices(place, given.to()), principal.getName(), given.text(), key)));
	}

	private List<Choice> choices(Subject.OfPlace place, @Nullable Long to) {
		if (to == null) {
			return List.of();
		}
		String stage = this.previews.of(place, List.of()).places().getFirst().stage();
		return List.of(new Choice(stage, place.cluster(), to));
	}

	private static ResponseEntity<StartedExecution> answer(StartedExecution started) {
		return ResponseEntity.status(started.created() ? HttpStatus.CREATED : HttpStatus.OK)
			.location(URI.create("/api/v1/executions/" + started.id()))
			.body(started);
	}

}
