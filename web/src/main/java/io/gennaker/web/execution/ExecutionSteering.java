package io.gennaker.web.execution;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.execution.ReleaseEngine.Steer;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.Steering;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Pauses, resumes and cancels executions. One whose workflow was not started yet can be
 * canceled without Temporal.
 */
@Component
public class ExecutionSteering {

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final ExecutionRows rows;

	private final ReleaseEngine engine;

	private final Audit audit;

	private final ApplicationEventPublisher publisher;

	ExecutionSteering(JdbcClient jdbc, TransactionOperations transactions, ExecutionRows rows, ReleaseEngine engine,
			Audit audit, ApplicationEventPublisher publisher) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.rows = rows;
		this.engine = engine;
		this.audit = audit;
		this.publisher = publisher;
	}

	/**
	 * Does it, or says why not. What was refused is in the audit, too.
	 * @param user who
	 * @param reason why, perhaps empty
	 * @throws NotFoundException if there is no such execution
	 * @throws ConflictException if it has ended or has not begun
	 * @throws ReleaseEngine.EngineRefusedException if it does not take it now
	 * @throws ReleaseEngine.EngineUnavailableException if Temporal does not answer
	 */
	public void steer(UUID id, Steer steer, String user, String reason) {
		String action = "execution." + steer.name().toLowerCase(Locale.ROOT);
		try {
			if (!endUnlaunched(id, steer, user, reason)) {
				this.engine.steer(id, steer, new Steering(user, reason));
			}
		}
		catch (NotFoundException ex) {
			throw ex;
		}
		catch (ProblemException ex) {
			this.audit.record(user, action, "execution:" + id, "refused", String.valueOf(ex.getMessage()));
			throw ex;
		}
		this.audit.record(user, action, "execution:" + id, "done", reason);
	}

	private boolean endUnlaunched(UUID id, Steer steer, String user, String reason) {
		boolean ended = Boolean.TRUE.equals(this.transactions.execute((_) -> {
			Standing standing = standing(id)
				.orElseThrow(() -> new NotFoundException("There is no execution " + id + "."));
			if (standing.status().ended()) {
				throw new ConflictException("The execution has ended already: " + standing.status() + ".");
			}
			if (standing.launched()) {
				return false;
			}
			if (steer != Steer.CANCEL) {
				throw new ConflictException("The execution has not begun yet; it can only be canceled.");
			}
			String why = "canceled by " + user + (reason.isBlank() ? "" : ": " + reason);
			return this.rows.end(id, Status.CANCELED, why + ". Nothing had begun", false);
		}));
		if (ended) {
			this.publisher.publishEvent(new ExecutionEnded(id));
		}
		return ended;
	}

	private Optional<Standing> standing(UUID id) {
		return this.jdbc
			.sql("select status, launched_at is not null as launched from executions where id = ? for update")
			.param(id)
			.query((row, _) -> new Standing(Status.valueOf(row.getString("status")), row.getBoolean("launched")))
			.optional();
	}

	private record Standing(Status status, boolean launched) {
	}

}
