package io.gennaker.web.execution;

import java.util.UUID;

import io.gennaker.web.service.TestService;
import io.gennaker.workflows.journal.Status;

import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends executions as those are that lost their workflow, for tests of other packages.
 */
public final class ExecutionEnds {

	private ExecutionEnds() {
	}

	public static void end(TestService service, UUID id, Status status) {
		service.get(TransactionOperations.class)
			.executeWithoutResult((_) -> service.get(ExecutionRows.class).end(id, status, "lost", true));
	}

}
