package io.gennaker.web.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gennaker.activities.binding.LastReleases;
import io.gennaker.activities.rollout.RolloutProgress;
import io.gennaker.activities.rollout.RolloutProgress.ObjectProgress;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.web.service.Await;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.ClusterEntry;
import io.gennaker.workflows.journal.ExecutionEntry;
import io.gennaker.workflows.journal.JournalActivities;
import io.gennaker.workflows.journal.ReleaseEntry;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.rollback.RollbackActivities;
import io.gennaker.workflows.rollback.RollbackPoint;
import io.gennaker.workflows.rollback.RollbackQuestion;
import io.gennaker.workflows.rollout.RolloutRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionJournalTests {

	private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

	private static final BoundArtifact API = new BoundArtifact("api", "registry.example.com/classroom/api", "v1.9.0",
			"sha256:" + "a".repeat(64), BoundArtifact.Origin.CHOSEN);

	private final TestService service = new TestService();

	private final JournalActivities journal = this.service.get(JournalActivities.class);

	private final ExecutionReads reads = this.service.get(ExecutionReads.class);

	private UUID id;

	@BeforeEach
	void anExecution() {
		this.service.pipeline("");
		this.id = this.service.start().id();
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void anEntryThatComesTwiceIsWrittenOnce() {
		StageEntry entry = stage(5, Status.RUNNING, "settling");
		this.journal.stage(entry);
		this.journal.stage(entry);
		assertThat(this.reads.events(this.id, 0, 10)).filteredOn((event) -> event.kind().equals("stage")).hasSize(1);
	}

	@Test
	void anOlderEntryThatComesLateChangesNothing() {
		this.journal.stage(stage(6, Status.SUCCEEDED, null));
		this.journal.stage(stage(5, Status.RUNNING, null));
		assertThat(this.reads.find(this.id).orElseThrow().stages().getFirst().status()).isEqualTo(Status.SUCCEEDED);
	}

	@Test
	void anExecutionsEntriesCarryItsTimesAndBindings() {
		Bindings bindings = new Bindings(Map.of("api", API), Map.of("beijing", Map.of("api", API)));
		this.journal.execution(new ExecutionEntry(this.id.toString(), 1, AT, Status.RUNNING, null, bindings));
		this.journal.execution(
				new ExecutionEntry(this.id.toString(), 9, AT.plusSeconds(60), Status.FAILED, "beijing failed", null));
		ExecutionDetail detail = this.reads.find(this.id).orElseThrow();
		assertThat(detail.bindings()).isEqualTo(bindings);
		assertThat(detail.startedAt()).isEqualTo(AT);
		assertThat(detail.endedAt()).isEqualTo(AT.plusSeconds(60));
		assertThat(detail.message()).isEqualTo("beijing failed");
	}

	@Test
	void aClustersEntriesKeepWhatIsRolledOut() {
		this.journal.cluster(new ClusterEntry(this.id.toString(), 3, AT, "settle", "beijing", 0, Status.PENDING, null,
				null, new ClusterEntry.RolloutReference("classroom", "classroom", "sha256:b", "sha256:m")));
		this.journal.cluster(
				new ClusterEntry(this.id.toString(), 4, AT, "settle", "beijing", 0, Status.RUNNING, "api", null, null));
		ExecutionDetail.ClusterRollout rollout = this.reads.find(this.id).orElseThrow().clusters().getFirst();
		assertThat(rollout.status()).isEqualTo(Status.RUNNING);
		assertThat(rollout.manifests()).isEqualTo("sha256:m");
		assertThat(rollout.startedAt()).isEqualTo(AT);
	}

	@Test
	void theNewestReleaseOfAPlaceIsWhatRunsThere() {
		ReleaseEntry entry = release(this.id, "v1.9.0");
		this.journal.release(entry);
		this.journal.release(entry);
		UUID second = this.service.start().id();
		this.journal.release(release(second, "v2.0.0"));
		ReleaseReads releases = this.service.get(ReleaseReads.class);
		assertThat(releases.current()).hasSize(1);
		assertThat(releases.current().getFirst().number()).isEqualTo(2);
		assertThat(releases.history("beijing", "classroom", "classroom", 10)).hasSize(2);
		assertThat(this.service.get(LastReleases.class)
			.artifacts(new BindingRequest.Place("beijing", "classroom", "classroom"))
			.get("api")
			.tag()).isEqualTo("v2.0.0");
		assertThat(this.service.get(LastReleases.class)
			.artifacts(new BindingRequest.Place("beijing", "elsewhere", "classroom"))).isEmpty();
	}

	@Test
	void anExecutionThatGoesBackLeavesTheEarlierReleaseAgain() {
		this.journal.release(release(this.id, "v1.9.0"));
		UUID second = this.service.start().id();
		this.journal.release(release(second, "v2.0.0"));
		RollbackActivities points = this.service.get(RollbackActivities.class);
		RollbackPoint.Earlier earlier = points
			.before(new RollbackQuestion(second.toString(), "beijing", "classroom", "classroom"))
			.earlier();
		assertThat(earlier.execution()).isEqualTo("classroom #1");
		assertThat(earlier.artifacts().get("api").tag()).isEqualTo("v1.9.0");
		ReleaseEntry newer = release(second, "v2.0.0");
		ReleaseEntry back = new ReleaseEntry(newer.executionId(), newer.stageId(), newer.at(), newer.cluster(),
				newer.namespace(), newer.release(), earlier.bake(), "sha256:earlier", earlier.artifacts());
		this.journal.release(back);
		this.journal.release(back);
		ReleaseReads releases = this.service.get(ReleaseReads.class);
		assertThat(releases.current().getFirst().artifacts().get("api").tag()).isEqualTo("v1.9.0");
		assertThat(releases.history("beijing", "classroom", "classroom", 10)).hasSize(3);
		assertThat(
				points.before(new RollbackQuestion(second.toString(), "beijing", "elsewhere", "classroom")).earlier())
			.isNull();
	}

	@Test
	void aClusterThatGoesBackShowsTheObjectsOfWhatItGoesBackTo() {
		RolloutProgress progress = this.service.get(RolloutProgress.class);
		progress.planned(rollout("sha256:new"),
				List.of(object(0, ObjectState.PENDING, ""), object(1, ObjectState.PENDING, "")));
		progress.changed(rollout("sha256:new"), object(0, ObjectState.FAILED, "ImagePullBackOff"));
		progress.planned(rollout("sha256:old"), List.of(object(0, ObjectState.PENDING, "")));
		assertThat(this.reads.objects(this.id, "settle", "beijing")).extracting(RolloutObject::state)
			.containsExactly(ObjectState.PENDING);
	}

	@Test
	void aClusterThatIsTriedAgainBeginsWithItsObjectsAnew() {
		RolloutProgress progress = this.service.get(RolloutProgress.class);
		progress.planned(rollout("sha256:m"), List.of(object(0, ObjectState.PENDING, "")));
		progress.changed(rollout("sha256:m"), object(0, ObjectState.FAILED, "ImagePullBackOff"));
		progress.planned(attempt(2), List.of(object(0, ObjectState.PENDING, "")));
		progress.changed(attempt(2), object(0, ObjectState.HEALTHY, ""));
		progress.planned(attempt(2), List.of(object(0, ObjectState.PENDING, "")));
		assertThat(this.reads.objects(this.id, "settle", "beijing")).extracting(RolloutObject::state)
			.containsExactly(ObjectState.HEALTHY);
	}

	private RolloutRequest attempt(int attempt) {
		RolloutRequest first = rollout("sha256:m");
		return new RolloutRequest(first.executionId(), first.stageId(), first.pipeline(), first.cluster(),
				first.namespace(), first.release(), first.manifests(), first.bake(), first.order(), first.timeout(),
				first.applying(), first.back(), attempt, first.health(), first.token());
	}

	@Test
	void aClusterThatDoesNotAnswerIsToldSinceItsFirstSilenceUntilItAnswers() {
		RolloutProgress progress = this.service.get(RolloutProgress.class);
		begin(4);
		progress.away(rollout("sha256:m"), outage(AT));
		progress.away(rollout("sha256:m"), outage(AT.plusSeconds(30)));
		assertThat(away())
			.isEqualTo(new ExecutionDetail.Away(AT, AT.plusSeconds(31), AT.plusSeconds(630), "connection refused"));
		progress.changed(rollout("sha256:m"), object(0, ObjectState.PENDING, "connection refused"));
		assertThat(away()).isNotNull();
		progress.changed(rollout("sha256:m"), object(0, ObjectState.APPLIED, ""));
		assertThat(away()).isNull();
	}

	@Test
	void theNextStepOfAClusterSaysThatItAnswers() {
		begin(4);
		this.service.get(RolloutProgress.class).away(rollout("sha256:m"), outage(AT));
		begin(5);
		assertThat(away()).isNull();
	}

	@Test
	void whatWentBackTwiceRunsThereAsOfTheSecondTime() {
		ReleaseEntry back = at(release(this.id, "v1.9.0"), "sha256:earlier", AT);
		this.journal.release(back);
		this.journal.release(at(release(this.id, "v2.0.0"), "sha256:new", AT.plusSeconds(60)));
		ReleaseReads releases = this.service.get(ReleaseReads.class);
		this.journal.release(back);
		assertThat(releases.current().getFirst().manifests()).isEqualTo("sha256:new");
		this.journal.release(at(back, "sha256:earlier", AT.plusSeconds(120)));
		assertThat(releases.current().getFirst().manifests()).isEqualTo("sha256:earlier");
	}

	private static ReleaseEntry at(ReleaseEntry entry, String manifests, Instant at) {
		return new ReleaseEntry(entry.executionId(), entry.stageId(), at, entry.cluster(), entry.namespace(),
				entry.release(), entry.bake(), manifests, entry.artifacts());
	}

	private void begin(long sequence) {
		this.journal.cluster(new ClusterEntry(this.id.toString(), sequence, AT, "settle", "beijing", 0, Status.RUNNING,
				null, "step " + sequence, null));
	}

	private static RolloutProgress.Outage outage(Instant at) {
		return new RolloutProgress.Outage("connection refused", at, at.plusSeconds(1), at.plusSeconds(600));
	}

	private ExecutionDetail.Away away() {
		return this.reads.find(this.id).orElseThrow().clusters().getFirst().away();
	}

	private RolloutRequest rollout(String manifests) {
		return rollout(this.id, manifests);
	}

	private static RolloutRequest rollout(UUID execution, String manifests) {
		return new RolloutRequest(execution.toString(), "settle", "classroom",
				new Cluster("beijing", "beijing", Map.of()), "classroom", "classroom", manifests, "sha256:b", List.of(),
				java.time.Duration.ofMinutes(1));
	}

	@Test
	void objectsAreToldOnceAndOnlyWhatChangesWakesAnybody() throws Exception {
		RolloutProgress progress = this.service.get(RolloutProgress.class);
		RolloutRequest rollout = rollout("sha256:m");
		progress.planned(rollout, List.of(object(0, ObjectState.PENDING, ""), object(1, ObjectState.PENDING, "")));
		progress.changed(rollout, object(0, ObjectState.HEALTHY, "3 of 3 ready"));
		progress.planned(rollout, List.of(object(0, ObjectState.PENDING, ""), object(1, ObjectState.PENDING, "")));
		assertThat(this.reads.objects(this.id, "settle", "beijing")).extracting(RolloutObject::state)
			.containsExactly(ObjectState.HEALTHY, ObjectState.PENDING);
		ExecutionChanges changes = this.service.get(ExecutionChanges.class);
		Await.until(changes::listening);
		UUID other = this.service.start().id();
		List<String> heard = new CopyOnWriteArrayList<>();
		List<String> heardOfTheOther = new CopyOnWriteArrayList<>();
		// The database keeps the order, so what was told before the first of these has
		// been
		// heard when they are; one or two may be taken for the other's start.
		Runnable settle = () -> {
			for (int i = 0; i < 3; i++) {
				int before = heardOfTheOther.size();
				progress.changed(rollout(other, "sha256:m"), object(before, ObjectState.HEALTHY, "3 of 3 ready"));
				Await.until(() -> heardOfTheOther.size() > before);
			}
		};
		try (ExecutionChanges.Subscription _ = changes.subscribe(this.id, () -> heard.add("changed"));
				ExecutionChanges.Subscription _ = changes.subscribe(other, () -> heardOfTheOther.add("changed"))) {
			settle.run();
			heard.clear();
			progress.changed(rollout, object(0, ObjectState.HEALTHY, "3 of 3 ready"));
			settle.run();
			assertThat(heard).isEmpty();
			progress.changed(rollout, object(1, ObjectState.FAILED, "ImagePullBackOff"));
			settle.run();
			assertThat(heard).hasSize(1);
		}
	}

	@Test
	void aReaderThatGoesOnFromItsLastEventMissesNoneOfThoseWrittenAtOnce() throws Exception {
		List<Thread> writers = new ArrayList<>();
		for (int writer = 0; writer < 8; writer++) {
			int from = writer * 100;
			writers.add(Thread.ofVirtual().start(() -> {
				for (int i = 1; i <= 20; i++) {
					this.journal.cluster(new ClusterEntry(this.id.toString(), i, AT, "settle", "c" + from, 0,
							Status.RUNNING, "group " + i, null, null));
					this.journal.cluster(new ClusterEntry(this.id.toString(), 1000 + i, AT, "settle", "c" + from + i, 0,
							Status.RUNNING, null, "m" + i, null));
				}
			}));
		}
		List<Long> seen = new ArrayList<>();
		long last = 0;
		while (writers.stream().anyMatch(Thread::isAlive)) {
			for (ExecutionEvent event : this.reads.events(this.id, last, 100)) {
				seen.add(event.id());
				last = event.id();
			}
		}
		this.reads.events(this.id, last, 1000).forEach((event) -> seen.add(event.id()));
		assertThat(seen)
			.containsExactlyElementsOf(this.reads.events(this.id, 0, 1000).stream().map(ExecutionEvent::id).toList());
		assertThat(seen).hasSizeGreaterThan(160);
	}

	private StageEntry stage(long sequence, Status status, String message) {
		return new StageEntry(this.id.toString(), sequence, AT, "settle", status, message, null, Map.of());
	}

	private static ReleaseEntry release(UUID execution, String tag) {
		BoundArtifact api = new BoundArtifact("api", API.image(), tag, API.digest(), API.origin());
		return new ReleaseEntry(execution.toString(), "settle", AT, "beijing", "classroom", "classroom", "sha256:b",
				"sha256:m", Map.of("api", api));
	}

	private static ObjectProgress object(int ordinal, ObjectState state, String message) {
		return new ObjectProgress(ordinal, 0, "api", "Deployment", "classroom", "api-" + ordinal, state, message);
	}

}
