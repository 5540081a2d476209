package io.gennaker.web.execution;

import java.util.UUID;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes events of executions. Their ids must grow in the order of commit, or a reader
 * that goes on from the last id that it saw would miss some: so whoever writes one holds
 * the lock on the execution's row until its transaction ends.
 */
@Component
public class EventWriter {

	private final JdbcClient jdbc;

	EventWriter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Locks an execution for the rest of the transaction.
	 * @return false if there is no such execution
	 */
	public boolean lock(UUID executionId) {
		return this.jdbc.sql("select 1 from executions where id = ? for update")
			.param(executionId)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Adds an event to a locked execution.
	 * @param kind as {@link ExecutionEvent#kind()} has it
	 */
	public void write(UUID executionId, String kind, @Nullable String stageId, @Nullable String cluster,
			@Nullable Status status, String message) {
		this.jdbc.sql("""
				insert into events (execution_id, kind, stage_id, cluster, status, message)
				values (:execution, :kind, :stage, :cluster, :status, :message)""")
			.param("execution", executionId)
			.param("kind", kind)
			.param("stage", stageId)
			.param("cluster", cluster)
			.param("status", (status != null) ? status.name() : null)
			.param("message", message)
			.update();
	}

}
