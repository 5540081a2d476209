package io.gennaker.web.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ClusterEntry.RolloutReference;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseRequest;

/**
 * Executions of a pipeline that goes to beijing and then to shanghai, told to the journal
 * as their workflows would.
 */
public final class Releases {

	/** Two deploys, one after the other. */
	public static final String PIPELINE = """
			version: 1
			name: classroom
			artifacts:
			  api: {image: registry.example.com/classroom/api}
			  proxy: {image: registry.example.com/classroom/proxy}
			targets:
			  beijing: {clusters: [beijing], namespace: classroom}
			  shanghai: {clusters: [shanghai], namespace: classroom}
			stages:
			  bake: {type: bake, chart: {path: charts/app}, release: classroom}
			  beijing: {type: deploy, needs: [bake], target: beijing, order: [api, [proxy]]}
			  shanghai: {type: deploy, needs: [beijing], target: shanghai}
			""";

	private final TestService service;

	private final JournalActivities journal;

	private long sequence = 10;

	public Releases(TestService service) {
		this.service = service;
		this.journal = service.get(JournalActivities.class);
	}

	public UUID start(String tag) {
		return start(tag, false);
	}

	public UUID start(String tag, boolean allowOlder) {
		return this.service.get(ExecutionStarter.class)
			.start(new StartRequest("classroom", Map.of(), Map.of("api", tag),
					new ReleaseRequest.Trigger("manual", "engineer", List.of(), Map.of()), null, allowOlder))
			.id();
	}

	/**
	 * An execution that went well everywhere.
	 */
	public UUID released(String tag) {
		UUID id = start(tag);
		bound(id, tag);
		baked(id);
		leave(id, "beijing", tag);
		leave(id, "shanghai", tag);
		end(id, Status.SUCCEEDED);
		return id;
	}

	public void bound(UUID id, String tag) {
		this.journal.execution(new ExecutionEntry(id.toString(), this.sequence++, Instant.now(), Status.RUNNING, null,
				new Bindings(Map.of("api", api(tag)), Map.of())));
	}

	public void baked(UUID id) {
		stage(id, "bake", Status.SUCCEEDED, Map.of("digest", "sha256:bake"));
	}

	/**
	 * Lets a deploy to the cluster of its name go well.
	 */
	public void leave(UUID id, String cluster, String tag) {
		begin(id, cluster, tag);
		cluster(id, cluster, tag, Status.SUCCEEDED);
		release(id, cluster, tag);
		stage(id, cluster, Status.SUCCEEDED, Map.of());
	}

	public void release(UUID id, String cluster, String tag) {
		this.journal.release(new ReleaseEntry(id.toString(), cluster, Instant.now(), cluster, "classroom", "classroom",
				"sha256:bake-" + tag, manifests(cluster, tag), Map.of("api", api(tag))));
	}

	public void begin(UUID id, String cluster, String tag) {
		stage(id, cluster, Status.RUNNING, Map.of());
		cluster(id, cluster, tag, Status.RUNNING);
	}

	public void cluster(UUID id, String cluster, String tag, Status status) {
		this.journal.cluster(
				new ClusterEntry(id.toString(), this.sequence++, Instant.now(), cluster, cluster, 0, status, null, null,
						new RolloutReference("classroom", "classroom", "sha256:bake-" + tag, manifests(cluster, tag))));
	}

	public void stage(UUID id, String stage, Status status, Map<String, String> outputs) {
		this.journal
			.stage(new StageEntry(id.toString(), this.sequence++, Instant.now(), stage, status, null, null, outputs));
	}

	public void end(UUID id, Status status) {
		this.journal.execution(new ExecutionEntry(id.toString(), this.sequence++, Instant.now(), status, null, null));
	}

	public static String manifests(String cluster, String tag) {
		return "sha256:" + cluster + "-" + tag;
	}

	public static BoundArtifact api(String tag) {
		return new BoundArtifact("api", "registry.example.com/classroom/api", tag, "sha256:" + tag,
				BoundArtifact.Origin.CHOSEN);
	}

}
