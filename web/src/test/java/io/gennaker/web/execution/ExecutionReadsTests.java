package io.gennaker.web.execution;

import java.util.List;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.TestDatabase;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionReadsTests {

	private static final UUID REVISION = UUID.fromString("01999999-0000-7000-8000-000000000001");

	private final HikariDataSource database = TestDatabase.create();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final ExecutionReads reads = new ExecutionReads(this.jdbc, new JsonColumns());

	@BeforeEach
	void twoPipelines() {
		this.jdbc.sql("insert into pipelines (name, source) values ('classroom', 'folder'), ('library', 'api')")
			.update();
		this.jdbc.sql("""
				insert into revisions (id, pipeline, number, document, bundle, sha256, created_by)
				values (?, 'classroom', 3, 'version: 1', '', 'x', 'admin')""").param(REVISION).update();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void pagesGoOnWhereTheLastOneEnded() {
		for (int number = 1; number <= 5; number++) {
			execution("classroom", number, Status.SUCCEEDED);
		}
		ExecutionPage first = this.reads.list(ExecutionFilter.ALL, 2);
		ExecutionPage second = this.reads.list(new ExecutionFilter(null, null, false, first.next()), 2);
		ExecutionPage third = this.reads.list(new ExecutionFilter(null, null, false, second.next()), 2);
		assertThat(first.items()).extracting(ExecutionSummary::number).containsExactly(5L, 4L);
		assertThat(second.items()).extracting(ExecutionSummary::number).containsExactly(3L, 2L);
		assertThat(third.items()).extracting(ExecutionSummary::number).containsExactly(1L);
		assertThat(third.next()).isNull();
	}

	@Test
	void aListHoldsOnlyWhatItsFilterAsksFor() {
		execution("classroom", 1, Status.SUCCEEDED);
		execution("classroom", 2, Status.RUNNING);
		execution("library", 3, Status.FAILED);
		assertThat(this.reads.list(ExecutionFilter.of("classroom"), 10).items()).hasSize(2);
		assertThat(this.reads.list(ExecutionFilter.OPEN, 10).items()).extracting(ExecutionSummary::number)
			.containsExactly(2L);
		assertThat(this.reads.list(new ExecutionFilter(null, Status.FAILED, false, null), 10).items())
			.extracting(ExecutionSummary::pipeline)
			.containsExactly("library");
	}

	@Test
	void anExecutionComesWithStagesClustersObjectsAndEvents() {
		UUID id = execution("classroom", 128, Status.RUNNING);
		this.jdbc
			.sql("""
					insert into stages (execution_id, stage_id, ordinal, type, status, outputs) values
					(:id, 'south', 1, 'deploy', 'RUNNING', '{}'), (:id, 'bake', 0, 'bake', 'SUCCEEDED', '{"digest": "sha256:1"}')
					""")
			.param("id", id)
			.update();
		this.jdbc.sql("""
				insert into cluster_rollouts (execution_id, stage_id, cluster, wave, status) values
				(:id, 'south', 'shanghai-1', 1, 'PENDING'), (:id, 'south', 'guangdong-1', 0, 'RUNNING')""")
			.param("id", id)
			.update();
		this.jdbc.sql("""
				insert into rollout_objects (execution_id, stage_id, cluster, ordinal, group_index, component, kind,
					namespace, name, state) values
				(:id, 'south', 'guangdong-1', 1, 1, 'api', 'Deployment', 'classroom', 'api', 'PROGRESSING'),
				(:id, 'south', 'guangdong-1', 0, 0, '', 'Service', 'classroom', 'api', 'HEALTHY')""")
			.param("id", id)
			.update();
		this.jdbc.sql(
				"insert into events (execution_id, kind, message) values (:id, 'execution', 'one'), (:id, 'stage', 'two')")
			.param("id", id)
			.update();
		ExecutionDetail detail = this.reads.find(id).orElseThrow();
		assertThat(detail.revision()).isEqualTo(3);
		assertThat(detail.stages()).extracting(ExecutionDetail.StageDetail::id).containsExactly("bake", "south");
		assertThat(detail.stages().getFirst().outputs()).containsEntry("digest", "sha256:1");
		assertThat(detail.clustersOf("south")).extracting(ExecutionDetail.ClusterRollout::cluster)
			.containsExactly("guangdong-1", "shanghai-1");
		assertThat(detail.clusters().getFirst().objects()).isEqualTo(2);
		assertThat(detail.clusters().getFirst().healthy()).isOne();
		assertThat(this.reads.objects(id, "south", "guangdong-1")).extracting(RolloutObject::state)
			.containsExactly(ObjectState.HEALTHY, ObjectState.PROGRESSING);
		List<ExecutionEvent> events = this.reads.events(id, 0, 10);
		assertThat(events).extracting(ExecutionEvent::message).containsExactly("one", "two");
		assertThat(this.reads.events(id, events.getFirst().id(), 10)).hasSize(1);
		assertThat(this.reads.list(ExecutionFilter.ALL, 10).items().getFirst().stages())
			.extracting(ExecutionSummary.StageState::id)
			.containsExactly("bake", "south");
	}

	private UUID execution(String pipeline, long number, Status status) {
		UUID id = new UUID(0x0199_0000_0000_7000L + (number << 16), 0x8000_0000_0000_0000L);
		this.jdbc.sql("""
				insert into executions (id, pipeline, number, revision_id, status, trigger_type, started_by)
				values (?, ?, ?, ?, ?, 'manual', 'engineer')""")
			.params(id, pipeline, number, REVISION, status.name())
			.update();
		return id;
	}

}
