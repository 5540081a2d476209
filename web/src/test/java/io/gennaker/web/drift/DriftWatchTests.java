package io.gennaker.web.drift;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.rollout.DriftLook;
import io.gennaker.activities.rollout.DriftLook.Difference;
import io.gennaker.activities.rollout.DriftLook.DriftedObject;
import io.gennaker.activities.rollout.DriftLook.State;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.drift.DriftTable.Claim;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.pipeline.Catalogue;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.release.Drift;
import io.gennaker.web.release.DriftReads;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.web.service.Await;
import io.gennaker.web.service.TestService;
import io.gennaker.web.settings.DriftProperties;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DriftWatchTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private static final Duration EVERY = Duration.ofMinutes(5);

	private static final DriftLook IN_SYNC = new DriftLook(State.IN_SYNC, List.of(), "", "");

	private static final String PIPELINE = """
			version: 1
			name: classroom
			parameters:
			  where: {type: clusters, default: all}
			targets:
			  north: {clusters: [beijing], namespace: classroom}
			  south: {clusters: [shanghai], namespace: classroom}
			triggers:
			  corrected: {type: drift, targets: [north]}
			concurrency: {limit: 9}
			stages:
			  settle: {type: wait, for: 1s}
			""";

	private final TestService service = new TestService();

	private final JournalActivities journal = this.service.get(JournalActivities.class);

	private final DriftReads reads = this.service.get(DriftReads.class);

	private final DriftTable table = new DriftTable(this.service.jdbc(), new JsonColumns());

	private final List<String> looked = new CopyOnWriteArrayList<>();

	private volatile DriftLook next = IN_SYNC;

	private DriftWatch watch;

	private UUID execution;

	@BeforeEach
	void aRelease() {
		assertThat(this.service.get(Catalogue.class).save("classroom", PipelineFiles.of(PIPELINE), "admin"))
			.isNotInstanceOf(Catalogue.Saved.Refused.class);
		this.service.get(BakeStore.class).keepManifests("sha256:m", "kind: ConfigMap");
		this.watch = watch(true);
		this.execution = released("beijing");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void whatALookFindsIsKeptForItsPlace() {
		assertThat(this.reads.of("beijing", "classroom", "classroom")).isEmpty();
		this.next = drifted("a");
		look("beijing");
		Drift drift = this.reads.of("beijing", "classroom", "classroom").orElseThrow();
		assertThat(drift.standing().state()).isEqualTo(State.DRIFTED);
		assertThat(drift.standing().looks()).isOne();
		assertThat(drift.standing().answeredAt()).isEqualTo(NOW);
		assertThat(drift.objects()).isEqualTo(this.next.objects());
		assertThat(this.reads.all()).containsEntry(new Drift.Place("beijing", "classroom", "classroom"),
				drift.standing());
		assertThat(this.looked).containsExactly("beijing classroom classroom kind: ConfigMap");
	}

	@Test
	void aClusterThatIsAwayLeavesWhenItAnsweredLast() {
		look("beijing");
		this.next = new DriftLook(State.UNKNOWN, List.of(), "", "Cluster beijing does not answer");
		watch(true, NOW.plusSeconds(60)).look("beijing", "classroom", "classroom");
		watch(true, NOW.plusSeconds(120)).look("beijing", "classroom", "classroom");
		Drift.Standing standing = this.reads.of("beijing", "classroom", "classroom").orElseThrow().standing();
		assertThat(standing.state()).isEqualTo(State.UNKNOWN);
		assertThat(standing.message()).isEqualTo("Cluster beijing does not answer");
		assertThat(standing.since()).isEqualTo(NOW.plusSeconds(60));
		assertThat(standing.lookedAt()).isEqualTo(NOW.plusSeconds(120));
		assertThat(standing.answeredAt()).isEqualTo(NOW);
	}

	@Test
	void whatWasFoundOfAnEarlierReleaseDoesNotCount() {
		this.next = drifted("a");
		look("beijing");
		Claim earlier = this.table.place("beijing", "classroom", "classroom").orElseThrow();
		released("beijing");
		assertThat(this.reads.of("beijing", "classroom", "classroom")).isEmpty();
		this.table.follow(NOW, EVERY);
		assertThat(this.table.keep(earlier, drifted("a"), NOW)).isZero();
		assertThat(this.reads.all()).isEmpty();
	}

	@Test
	void nothingIsComparedWhileARolloutGoesOn() {
		look("beijing");
		UUID id = this.service.start().id();
		this.journal.cluster(new ClusterEntry(id.toString(), 3, NOW, "settle", "beijing", 0, Status.RUNNING, null, null,
				new ClusterEntry.RolloutReference("classroom", "classroom", "sha256:b", "sha256:n")));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> look("beijing"))
			.withMessageContaining("A rollout of classroom goes on in beijing");
		this.table.ask();
		assertThat(this.table.claim(NOW.plus(EVERY), EVERY, true, Set.of())).isEmpty();
	}

	@Test
	void whereNothingWasReleasedNothingIsCompared() {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> look("shanghai"));
	}

	@Test
	void placesAreDueOnceInTheTimeBetweenTwoLooks() {
		this.table.follow(NOW, EVERY);
		Instant due = NOW.plus(EVERY);
		assertThat(this.table.claim(due, EVERY, true, Set.of("beijing"))).as("its cluster is busy").isEmpty();
		assertThat(this.table.claim(due, EVERY, true, Set.of()))
			.hasValueSatisfying((claim) -> assertThat(claim.executionId()).isEqualTo(this.execution));
		assertThat(this.table.claim(due, EVERY, true, Set.of())).isEmpty();
		assertThat(this.table.claim(due.plus(EVERY), EVERY, true, Set.of())).isPresent();
	}

	@Test
	void severalServicesShareTheWorkAndNoneDoesItTwice() throws Exception {
		for (int i = 0; i < 20; i++) {
			released("edge-" + i);
		}
		this.table.follow(NOW, EVERY);
		ConcurrentLinkedQueue<String> claimed = new ConcurrentLinkedQueue<>();
		try (ExecutorService services = Executors.newFixedThreadPool(4)) {
			for (int i = 0; i < 4; i++) {
				services.submit(() -> {
					while (this.table.claim(NOW.plus(EVERY), EVERY, true, Set.of())
						.map((claim) -> claimed.add(claim.cluster()))
						.isPresent()) {
						Thread.yield();
					}
				});
			}
		}
		Await.until(() -> this.table.claim(NOW.plus(EVERY), EVERY, true, Set.of())
			.map((claim) -> claimed.add(claim.cluster()))
			.isEmpty());
		assertThat(claimed).hasSize(21).doesNotHaveDuplicates();
	}

	@Test
	void switchedOffItComparesOnlyWhatAPersonAsksFor() {
		DriftWatch off = watch(false, NOW.plus(EVERY));
		off.round();
		assertThat(this.table.claim(NOW.plus(EVERY), EVERY, false, Set.of())).isEmpty();
		assertThat(off.askForAll()).isOne();
		off.round();
		Await.until(() -> this.reads.of("beijing", "classroom", "classroom").isPresent());
		assertThat(this.looked).hasSize(1);
	}

	@Test
	void aDriftThatIsSeenTwiceStartsThePipelineOnceInItsClusterAlone() {
		this.next = drifted("a");
		look("beijing");
		assertThat(startedByDrift()).isEmpty();
		look("beijing");
		look("beijing");
		assertThat(startedByDrift()).singleElement().satisfies((id) -> {
			assertThat(this.service.get(ExecutionReads.class).find(id).orElseThrow().parameters())
				.isEqualTo(Map.of("where", List.of("beijing")));
			end(id);
		});
		look("beijing");
		assertThat(startedByDrift()).as("the same difference").hasSize(1);
		this.next = drifted("b");
		look("beijing");
		look("beijing");
		assertThat(startedByDrift()).as("another difference").hasSize(2);
	}

	@Test
	void whileOneIsOpenNoOtherIsStarted() {
		for (String digest : List.of("a", "a", "b", "b")) {
			this.next = drifted(digest);
			look("beijing");
		}
		assertThat(startedByDrift()).hasSize(1);
	}

	@Test
	void aLookThatTellsNothingBetweenTwoBreaksTheRow() {
		this.next = drifted("a");
		look("beijing");
		this.next = new DriftLook(State.UNKNOWN, List.of(), "", "away");
		look("beijing");
		this.next = drifted("a");
		look("beijing");
		assertThat(startedByDrift()).isEmpty();
	}

	@Test
	void aClusterThatNoTargetOfTheTriggerHoldsStartsNothing() {
		released("shanghai");
		this.next = drifted("a");
		look("shanghai");
		look("shanghai");
		assertThat(startedByDrift()).isEmpty();
	}

	private void look(String cluster) {
		this.watch.look(cluster, "classroom", "classroom");
	}

	private DriftWatch watch(boolean enabled) {
		return watch(enabled, NOW);
	}

	private DriftWatch watch(boolean enabled, Instant now) {
		DriftTriggers triggers = new DriftTriggers(this.service.get(PipelineReads.class)::current,
				this.service.get(Inventory.class), this.service.get(ReleaseReads.class),
				this.service.get(ExecutionStarter.class), this.service.jdbc());
		return new DriftWatch(this.table, (cluster, namespace, release, manifests) -> {
			this.looked.add(String.join(" ", cluster, namespace, release, manifests));
			return this.next;
		}, this.service.get(BakeStore.class), triggers, new DriftProperties(enabled, EVERY, 2),
				Clock.fixed(now, ZoneOffset.UTC));
	}

	private UUID released(String cluster) {
		UUID id = this.service.start().id();
		this.journal.release(new ReleaseEntry(id.toString(), "settle", NOW, cluster, "classroom", "classroom",
				"sha256:b", "sha256:m", Map.of()));
		end(id);
		return id;
	}

	private void end(UUID id) {
		this.journal.execution(new ExecutionEntry(id.toString(), 9, NOW, Status.SUCCEEDED, null, null));
	}

	private List<UUID> startedByDrift() {
		return this.service.jdbc()
			.sql("select id from executions where trigger_type = 'drift' and started_by = 'gennaker'")
			.query(UUID.class)
			.list();
	}

	private static DriftLook drifted(String digest) {
		return new DriftLook(State.DRIFTED, List.of(new DriftedObject("ConfigMap", "classroom", "settings", "",
				Difference.CHANGED, List.of("data.level"), "-  level: debug\n+  level: info", false, "")),
				"sha256:" + digest, "");
	}

}
