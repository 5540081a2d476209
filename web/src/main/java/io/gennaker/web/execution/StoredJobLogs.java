package io.gennaker.web.execution;

import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.rollout.JobLogs;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The logs of Jobs in PostgreSQL.
 */
@Component
public class StoredJobLogs implements JobLogs {

	private final JdbcClient jdbc;

	StoredJobLogs(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void keep(String executionId, String stageId, String cluster, String text) {
		this.jdbc.sql("""
				insert into job_logs (execution_id, stage_id, cluster, content) values (?, ?, ?, ?)
				on conflict (execution_id, stage_id, cluster)
				do update set content = excluded.content, kept_at = now()""")
			.params(UUID.fromString(executionId), stageId, cluster, text.replace("\0", ""))
			.update();
	}

	/**
	 * What a Job logged; empty while it has not ended, and where there is none.
	 */
	public Optional<String> find(UUID executionId, String stageId, String cluster) {
		return this.jdbc.sql("select content from job_logs where execution_id = ? and stage_id = ? and cluster = ?")
			.params(executionId, stageId, cluster)
			.query(String.class)
			.optional();
	}

}
