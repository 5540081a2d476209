package io.gennaker.web.rollback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionPlan;
import io.gennaker.web.execution.PlannedStart;
import io.gennaker.web.execution.PlannedStarter;
import io.gennaker.web.execution.StartedExecution;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.rollback.RollbackPreviews.Prepared;
import io.gennaker.web.rollback.RollbackRequest.Choice;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseRequest;

import org.springframework.stereotype.Component;

/**
 * Takes back: by an execution of its own, which renders nothing and asks no registry.
 */
@Component
public class Rollbacks {

	private final RollbackPreviews previews;

	private final PlannedStarter starter;

	private final Inventory inventory;

	private final Audit audit;

	Rollbacks(RollbackPreviews previews, PlannedStarter starter, Inventory inventory, Audit audit) {
		this.previews = previews;
		this.starter = starter;
		this.inventory = inventory;
		this.audit = audit;
	}

	/**
	 * Starts a rollback. What was refused is in the audit, too.
	 * @throws NotFoundException if there is no such execution or place
	 * @throws ConflictException if it cannot be taken back now
	 */
	public StartedExecution start(RollbackRequest request) {
		ExecutionDetail origin = this.previews.origin(request.subject());
		try {
			return this.starter.start(new PlannedStart(origin.pipeline(), request.idempotencyKey(), asked(request),
					() -> planned(request)));
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			this.audit.record(request.user(), "execution.rollback", "execution:" + origin.id(), "refused",
					String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

	private PlannedStart.Planned planned(RollbackRequest request) {
		Prepared prepared = this.previews.prepare(request.subject(), request.choices());
		RollbackPreview preview = prepared.preview();
		if (preview.obstacle() != null) {
			throw new ConflictException(preview.obstacle() + ".");
		}
		ExecutionDetail execution = prepared.execution();
		String title = RollbackPlaces.title(execution);
		RollbackGraph.Made made = RollbackGraph.of(prepared);
		ReleaseRequest.Trigger trigger = new ReleaseRequest.Trigger("rollback", request.user(), List.of(),
				facts(request, title));
		return new PlannedStart.Planned(execution.id(), execution.revisionId(), made.pipeline(),
				this.inventory.clusters(), Map.of(), Map.of(), trigger,
				new ExecutionPlan(made.pipeline(), new ReleaseKind.Rollback(title, made.releases())), null, null, true,
				"execution.rollback",
				"rollback of " + title + (request.reason().isBlank() ? "" : ", " + request.reason()), (_) -> {
				});
	}

	private static Map<String, String> facts(RollbackRequest request, String title) {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("of", title);
		if (request.subject() instanceof RollbackRequest.Subject.OfPlace place) {
			facts.put("cluster", place.cluster());
		}
		if (!request.reason().isBlank()) {
			facts.put("reason", request.reason());
		}
		return facts;
	}

	/**
	 * The same for a repeated request, whatever has happened in between.
	 */
	private static String asked(RollbackRequest request) {
		return "rollback of " + request.subject() + " to "
				+ request.choices().stream().map(Choice::toString).sorted().collect(Collectors.joining(", "));
	}

}
