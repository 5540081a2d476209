package io.gennaker.web.rollback;

import java.util.List;
import java.util.UUID;

import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.execution.Launches;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.web.rollback.RollbackPreview.Place;
import io.gennaker.web.rollback.RollbackRequest.Choice;
import io.gennaker.web.rollback.RollbackRequest.Subject;
import io.gennaker.web.service.Releases;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RollbacksTests {

	private final TestService service = new TestService();

	private final Releases releases = new Releases(this.service);

	private final Rollbacks rollbacks = this.service.get(Rollbacks.class);

	private final RollbackPreviews previews = this.service.get(RollbackPreviews.class);

	@BeforeEach
	void aPipeline() {
		this.service.pipeline("classroom", Releases.PIPELINE);
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aPreviewGoesToWhatRanBeforeTheLastPlaceFirst() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		RollbackPreview preview = preview(second);
		assertThat(preview.obstacle()).isNull();
		assertThat(preview.places()).extracting(Place::cluster).containsExactly("shanghai", "beijing");
		assertThat(preview.places()).allSatisfy((place) -> {
			assertThat(place.to()).extracting(Release::number).isEqualTo(1L);
			assertThat(place.now()).extracting(Release::number).isEqualTo(2L);
		});
	}

	@Test
	void whatCameAfterwardsIsNotWhatRanBefore() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		this.releases.released("v3");
		assertThat(preview(second).places()).extracting((place) -> place.to().number()).containsOnly(1L);
	}

	@Test
	void aRollbackIsAnExecutionOfItsOwnThatBringsBackWhatWasKept() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		UUID id = start(second, List.of(), "key-1");
		ReleaseRequest started = launched(id);
		assertThat(started.trigger().type()).isEqualTo("rollback");
		assertThat(started.trigger().facts()).containsEntry("of", "classroom #2").containsEntry("reason", "it is slow");
		Pipeline graph = started.pipeline();
		assertThat(graph.stages().keySet()).containsExactly("shanghai", "beijing");
		Stage.Deploy beijing = (Stage.Deploy) graph.stages().get("beijing");
		assertThat(beijing.options().needs()).containsExactly("shanghai");
		assertThat(beijing.order()).containsExactly(List.of("proxy"), List.of("api"));
		assertThat(started.kind()).isInstanceOfSatisfying(ReleaseKind.Rollback.class,
				(kind) -> assertThat(kind.releases()).extracting(ReleaseKind.KeptRelease::manifests)
					.containsExactly(Releases.manifests("shanghai", "v1"), Releases.manifests("beijing", "v1")));
		ExecutionDetail detail = this.service.get(ExecutionReads.class).find(id).orElseThrow();
		assertThat(detail.number()).isEqualTo(3);
		assertThat(detail.origin()).isNotNull().extracting(ExecutionDetail.Relative::number).isEqualTo(2L);
		assertThat(this.service.get(ExecutionReads.class).find(second).orElseThrow().successors())
			.extracting(ExecutionDetail.Relative::kind, ExecutionDetail.Relative::number)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("rollback", 3L));
		assertThat(audited("execution.rollback"))
			.containsExactly("done: classroom #3: rollback of classroom #2, it is slow");
	}

	@Test
	void aRepeatedRequestGivesTheSameExecution() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		UUID id = start(second, List.of(), "key-1");
		assertThat(start(second, List.of(), "key-1")).isEqualTo(id);
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> start(second, List.of(new Choice("beijing", "beijing", null)), "key-1"));
	}

	@Test
	void oneThatIsTakenBackAlreadyIsNotTakenBackTwice() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		start(second, List.of(), null);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> start(second, List.of(), null))
			.withMessage("classroom #3 takes it back already.");
	}

	@Test
	void oneThatHasNotEndedMustBeCanceledFirst() {
		this.releases.released("v1");
		UUID second = this.releases.start("v2");
		this.releases.bound(second, "v2");
		this.releases.begin(second, "beijing", "v2");
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> start(second, List.of(), null))
			.withMessageContaining("classroom #2 has not ended, it is RUNNING: cancel it first");
		assertThat(audited("execution.rollback")).singleElement().asString().startsWith("refused: classroom #2");
		this.releases.cluster(second, "beijing", "v2", Status.CANCELED);
		this.releases.end(second, Status.CANCELED);
		assertThat(preview(second).going()).extracting(Place::cluster).containsExactly("beijing");
	}

	@Test
	void aClusterWhereNothingRanBeforeIsLeftOut() {
		UUID first = this.releases.released("v1");
		RollbackPreview preview = preview(first);
		assertThat(preview.places())
			.allSatisfy((place) -> assertThat(place.leftOut()).isEqualTo("nothing ran here before classroom #1"));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> start(first, List.of(), null));
	}

	@Test
	void onePlaceGoesToAnyKeptRelease() {
		this.releases.released("v1");
		this.releases.released("v2");
		this.releases.released("v3");
		Subject place = new Subject.OfPlace("beijing", "classroom", "classroom");
		List<Release> kept = this.service.get(ReleaseReads.class).history("beijing", "classroom", "classroom", 10);
		RollbackPreview byDefault = this.previews.of(place, List.of());
		assertThat(byDefault.places().getFirst().to()).isEqualTo(kept.get(1));
		UUID id = this.rollbacks
			.start(new RollbackRequest(place, List.of(new Choice("beijing", "beijing", kept.getLast().id())),
					"engineer", "", null))
			.id();
		assertThat(launched(id).kind()).isInstanceOfSatisfying(ReleaseKind.Rollback.class,
				(kind) -> assertThat(kind.releases()).extracting(ReleaseKind.KeptRelease::manifests)
					.containsExactly(Releases.manifests("beijing", "v1")));
	}

	@Test
	void aReleaseOfAnotherPlaceIsRefused() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		long other = this.service.get(ReleaseReads.class)
			.current("shanghai", "classroom", "classroom")
			.orElseThrow()
			.id();
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> start(second, List.of(new Choice("beijing", "beijing", other)), null));
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> start(second, List.of(new Choice("beijing", "shanghai", null)), null));
	}

	@Test
	void aPipelineMayAskForApprovalOfItsRollbacks() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		this.service.pipeline("classroom", Releases.PIPELINE
				+ "rollback: {approval: {approvers: {groups: [release-managers], count: 2}, timeout: 30m}}\n");
		Pipeline graph = launched(start(second, List.of(), null)).pipeline();
		assertThat(graph.stages().keySet()).containsExactly("approve-rollback", "shanghai", "beijing");
		assertThat(((Stage.Approval) graph.stages().get("approve-rollback")).count()).isEqualTo(2);
		assertThat(graph.stages().get("shanghai").options().needs()).containsExactly("approve-rollback");
	}

	@Test
	void aClusterThatDoesNotAnswerHoldsUpNoOther() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		this.service.away("shanghai");
		Pipeline graph = launched(start(second, List.of(), null)).pipeline();
		assertThat(graph.stages().keySet()).containsExactly("beijing", "shanghai-away");
		assertThat(graph.stages().values()).allSatisfy((stage) -> assertThat(stage.options().needs()).isEmpty());
	}

	@Test
	void aRollbackWaitsForNoExecutionOfItsPipeline() {
		this.releases.released("v1");
		UUID second = this.releases.released("v2");
		UUID third = this.releases.start("v3");
		Launches.launch(this.service);
		UUID back = start(second, List.of(), null);
		Launches.launch(this.service);
		assertThat(this.service.engine().starts()).extracting(ReleaseRequest::executionId)
			.contains(third.toString(), back.toString());
	}

	private RollbackPreview preview(UUID execution) {
		return this.previews.of(new Subject.OfExecution(execution), List.of());
	}

	private UUID start(UUID execution, List<Choice> choices, String key) {
		return this.rollbacks
			.start(new RollbackRequest(new Subject.OfExecution(execution), choices, "engineer", "it is slow", key))
			.id();
	}

	private ReleaseRequest launched(UUID id) {
		Launches.launch(this.service);
		return this.service.engine()
			.starts()
			.stream()
			.filter((request) -> request.executionId().equals(id.toString()))
			.findFirst()
			.orElseThrow();
	}

	private List<String> audited(String action) {
		return this.service.jdbc()
			.sql("select outcome || ': ' || detail as told from audit where action = ? order by id")
			.param(action)
			.query(String.class)
			.list();
	}

}
