package io.gennaker.web.execution;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.gennaker.web.execution.ReleaseEngine.EngineUnavailableException;
import io.gennaker.workflows.journal.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares executions that should be under way with what Temporal knows, so that none
 * stays running whose workflow is gone.
 */
@Component
class ExecutionWatch {

	static final String LOST = "Temporal no longer knows this execution; one that keeps nothing forgets at a restart."
			+ " What it had applied to clusters stays as it is. Start the pipeline again with the same artifacts:"
			+ " what is in place already will not change.";

	static final String ENDED = "its workflow was ended from outside, before it could tell how far it was."
			+ " What it had applied to clusters stays as it is. Start the pipeline again with the same artifacts.";

	private static final Logger log = LoggerFactory.getLogger(ExecutionWatch.class);

	/** A workflow that was started just now is left alone. */
	private static final Duration YOUNG = Duration.ofSeconds(5);

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final ExecutionRows rows;

	private final ReleaseEngine engine;

	private final ApplicationEventPublisher publisher;

	ExecutionWatch(JdbcClient jdbc, TransactionOperations transactions, ExecutionRows rows, ReleaseEngine engine,
			ApplicationEventPublisher publisher) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.rows = rows;
		this.engine = engine;
		this.publisher = publisher;
	}

	@Scheduled(initialDelay = 2_000, fixedDelay = 30_000)
	void onSchedule() {
		try {
			look(YOUNG);
		}
		catch (EngineUnavailableException ex) {
			log.debug("Temporal cannot be asked about executions: {}", ex.getMessage());
		}
		catch (RuntimeException ex) {
			log.warn("Executions could not be looked after and will be again: {}", ex.toString());
		}
	}

	/**
	 * Looks at every open execution whose workflow was started longer ago than that.
	 * @throws EngineUnavailableException if Temporal does not answer; nothing is known
	 * then, and nothing is changed
	 */
	void look(Duration age) {
		List<UUID> open = this.jdbc.sql("""
				select id from executions where launched_at < now() - make_interval(secs => ?)
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED') order by id""")
			.param(age.toMillis() / 1000.0)
			.query((row, _) -> row.getObject("id", UUID.class))
			.list();
		for (UUID id : open) {
			switch (this.engine.state(id)) {
				case RUNNING -> {
				}
				case UNKNOWN -> end(id, LOST, true);
				// The journal is written before the workflow ends, so what is open still
				// now was not ended by it.
				case ENDED -> end(id, ENDED, false);
			}
		}
	}

	private void end(UUID id, String message, boolean lost) {
		boolean ended = Boolean.TRUE
			.equals(this.transactions.execute((_) -> this.rows.end(id, Status.FAILED, message, lost)));
		if (ended) {
			log.warn("Execution {}: {}", id, message);
			this.publisher.publishEvent(new ExecutionEnded(id));
		}
	}

}
