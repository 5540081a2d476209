package io.gennaker.web.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.pipelines.plan.ClusterPlan;
import io.gennaker.web.drift.DriftTable.Claim;
import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.web.execution.StartedExecution;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.web.webhook.TriggeredPipelines;
import io.gennaker.workflows.release.ReleaseRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Starts the pipelines that want to know of a drift: once for each release and
 * difference, when it was seen twice, and not while one that it started is still open.
 */
@Component
class DriftTriggers {

	/** What is seen once may be a change on its way. */
	static final int CONVINCING_LOOKS = 2;

	private static final String TYPE = "drift";

	/** Nobody but the service itself. */
	private static final String USER = "gennaker";

	private static final Logger log = LoggerFactory.getLogger(DriftTriggers.class);

	private final TriggeredPipelines pipelines;

	private final Inventory inventory;

	private final ReleaseReads releases;

	private final ExecutionStarter starter;

	private final JdbcClient jdbc;

	DriftTriggers(TriggeredPipelines pipelines, Inventory inventory, ReleaseReads releases, ExecutionStarter starter,
			JdbcClient jdbc) {
		this.pipelines = pipelines;
		this.inventory = inventory;
		this.releases = releases;
		this.starter = starter;
		this.jdbc = jdbc;
	}

	/**
	 * Tells of a drift.
	 * @param digest of the difference
	 * @param looks in how many looks, one after the other, it was seen
	 */
	void seen(Claim place, String digest, int looks) {
		if (looks < CONVINCING_LOOKS) {
			return;
		}
		this.releases.current(place.cluster(), place.namespace(), place.release())
			.filter((release) -> release.executionId().equals(place.executionId()))
			.ifPresent((release) -> this.pipelines.current()
				.stream()
				.filter((pipeline) -> pipeline.name().equals(release.pipeline()) && wants(pipeline, release)
						&& !isUnderWay(release))
				.forEach((pipeline) -> start(pipeline, release, digest)));
	}

	private boolean wants(Pipeline pipeline, Release release) {
		return pipeline.triggers().values().stream().anyMatch((trigger) -> switch (trigger) {
			case Trigger.ImagePush _ -> false;
			case Trigger.Drift(List<String> targets) ->
				targets.stream().map(pipeline.targets()::get).anyMatch((target) -> holds(target, release.cluster()));
		});
	}

	private boolean holds(Target target, String cluster) {
		return ClusterPlan.clusters(target, this.inventory.clusters())
			.stream()
			.anyMatch((one) -> one.name().equals(cluster));
	}

	private boolean isUnderWay(Release release) {
		return this.jdbc.sql("""
				select exists (select 1 from executions where pipeline = ? and trigger_type = 'drift'
				and status in ('PENDING', 'RUNNING', 'WAITING', 'PAUSED') and trigger_facts ->> 'cluster' = ?
				and trigger_facts ->> 'namespace' = ? and trigger_facts ->> 'release' = ?)""")
			.params(release.pipeline(), release.cluster(), release.namespace(), release.release())
			.query(Boolean.class)
			.single();
	}

	private void start(Pipeline pipeline, Release release, String digest) {
		Map<String, String> facts = Map.of("cluster", release.cluster(), "namespace", release.namespace(), "release",
				release.release(), "difference", digest);
		try {
			StartedExecution started = this.starter
				.start(new StartRequest(pipeline.name(), only(pipeline, release.cluster()), Map.of(),
						new ReleaseRequest.Trigger(TYPE, USER, List.of(), facts), key(release, digest)));
			if (started.created()) {
				log.info("{} #{} was started for the drift of {} in {}", pipeline.name(), started.number(),
						release.release(), release.cluster());
			}
		}
		catch (StartRefusedException ex) {
			log.warn("{} could not be started for the drift of {} in {}: {} {}", pipeline.name(), release.release(),
					release.cluster(), ex.getMessage(), ex.problems());
		}
	}

	/**
	 * Narrows the execution to the cluster, where the pipeline has a parameter for that.
	 */
	private static Map<String, Object> only(Pipeline pipeline, String cluster) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		pipeline.parameters().forEach((name, parameter) -> {
			if (parameter instanceof Parameter.Clusters) {
				parameters.put(name, List.of(cluster));
			}
		});
		return parameters;
	}

	private static String key(Release release, String digest) {
		return "drift:" + Sha256.hex(Sha256.of(String.join("\n", release.cluster(), release.namespace(),
				release.release(), release.executionId().toString(), digest)));
	}

}
