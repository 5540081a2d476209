package io.gennaker.web.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.ForbiddenException;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.ProblemException;
import io.gennaker.web.gate.GateDecisions.Choice;
import io.gennaker.web.service.TestService;
import io.gennaker.workflows.gate.DecisionNotice;
import io.gennaker.workflows.gate.GateActivities;
import io.gennaker.workflows.gate.GateOpening;
import io.gennaker.workflows.gate.GateVerdict;
import io.gennaker.workflows.gate.GateVerdict.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GateDecisionsTests {

	private final TestService service = new TestService();

	private final GateActivities activities = this.service.get(GateActivities.class);

	private final GateDecisions decisions = this.service.get(GateDecisions.class);

	private final GateReads gates = this.service.get(GateReads.class);

	private final List<GateVerdict> verdicts = new ArrayList<>();

	private UUID id;

	@BeforeEach
	void anExecution() {
		this.service.pipeline("");
		this.id = this.service.start().id();
		this.service.engine().onDecide((execution, notice) -> {
			GateVerdict verdict = this.activities.weigh(execution.toString(), notice);
			synchronized (this.verdicts) {
				this.verdicts.add(verdict);
			}
		});
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void twoDifferentPeopleAreNeededWhereTheGateSaysTwo() {
		open(2, false, null);
		this.decisions.decide(this.id, "go", "kim", Choice.APPROVE, "looks good");
		assertThat(this.verdicts.getLast()).isEqualTo(new GateVerdict(Outcome.MORE_NEEDED, "kim", "looks good", 1));
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.decisions.decide(this.id, "go", "kim", Choice.APPROVE, ""))
			.withMessageContaining("decided this gate already");
		this.decisions.decide(this.id, "go", "lee", Choice.APPROVE, "");
		assertThat(this.verdicts.getLast().outcome()).isEqualTo(Outcome.APPROVED);
		assertThat(this.gates.find(this.id, "go").orElseThrow().approvals()).isEqualTo(2);
	}

	@Test
	void weighingAgainGivesTheSame() {
		open(2, false, null);
		Gate.Decision first = this.decisions.decide(this.id, "go", "kim", Choice.APPROVE, "");
		this.decisions.decide(this.id, "go", "lee", Choice.APPROVE, "");
		GateVerdict again = this.activities.weigh(this.id.toString(), new DecisionNotice("go", first.id().toString()));
		assertThat(again).isEqualTo(this.verdicts.getFirst());
	}

	@Test
	void ofTwoWhoDecideAtOnceTheFirstCountsAndTheOtherLearnsWhoAndWhen() throws Exception {
		open(1, false, null);
		CountDownLatch go = new CountDownLatch(1);
		List<ProblemException> refused = java.util.Collections.synchronizedList(new ArrayList<>());
		List<Thread> people = new ArrayList<>();
		for (String person : List.of("kim", "lee")) {
			people.add(Thread.ofVirtual().start(() -> {
				try {
					go.await();
					this.decisions.decide(this.id, "go", person, person.equals("kim") ? Choice.APPROVE : Choice.REJECT,
							"because");
				}
				catch (ProblemException ex) {
					refused.add(ex);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}));
		}
		go.countDown();
		for (Thread person : people) {
			person.join();
		}
		assertThat(this.gates.decisions(this.id, "go")).hasSize(1);
		String winner = this.gates.decisions(this.id, "go").getFirst().decidedBy();
		assertThat(refused).hasSize(1);
		assertThat(refused.getFirst()).isInstanceOf(ConflictException.class).hasMessageContaining(winner + " ");
		assertThat(refused.getFirst().members()).containsEntry("decidedBy", winner).containsKey("decidedAt");
	}

	@Test
	void whoMayNotDecideIsRefusedAndThatIsInTheAudit() {
		open(1, false, null);
		refuses(ForbiddenException.class, "engineer", "does not have the role approver");
		refuses(ForbiddenException.class, "max", "not among the approvers");
		this.service.person("engineer", Set.of("approver"), Set.of("release-managers"));
		refuses(ForbiddenException.class, "engineer", "started this execution");
		refuses(ForbiddenException.class, "nobody", "is not a user");
		assertThat(this.service.jdbc()
			.sql("select count(*) from audit where outcome = 'refused' and action = 'gate.approve'")
			.query(Integer.class)
			.single()).isEqualTo(4);
		assertThat(this.gates.decisions(this.id, "go")).isEmpty();
	}

	@Test
	void whoStartedItMayDecideWhereTheGateAllowsIt() {
		open(1, true, null);
		this.service.person("engineer", Set.of("approver"), Set.of("release-managers"));
		this.decisions.decide(this.id, "go", "engineer", Choice.APPROVE, "");
		assertThat(this.verdicts.getLast().outcome()).isEqualTo(Outcome.APPROVED);
	}

	@Test
	void aRoleThatWasTakenAwayBeforeTheWeighingMakesTheDecisionVoid() {
		open(1, false, null);
		this.service.engine().onDecide((execution, notice) -> {
			this.service.person("kim", Set.of("viewer"), Set.of("release-managers"));
			this.verdicts.add(this.activities.weigh(execution.toString(), notice));
		});
		refuses(ConflictException.class, "kim", "does not count");
		assertThat(this.verdicts.getLast().outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(this.gates.find(this.id, "go").orElseThrow().approvals()).isZero();
	}

	@Test
	void aRejectionNeedsAReason() {
		open(1, false, null);
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> this.decisions.decide(this.id, "go", "kim", Choice.REJECT, "  "));
		this.decisions.decide(this.id, "go", "kim", Choice.REJECT, "latency doubled");
		assertThat(this.verdicts.getLast()).isEqualTo(new GateVerdict(Outcome.REJECTED, "kim", "latency doubled", 1));
	}

	@Test
	void lateIsLate() {
		open(1, false, Instant.now().minusSeconds(1));
		refuses(ConflictException.class, "kim", "timed out");
		this.activities.close(this.id.toString(), "go", "timed out");
		this.activities.close(this.id.toString(), "go", "timed out again");
		refuses(ConflictException.class, "kim", "The gate has closed: timed out.");
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> this.decisions.decide(this.id, "settle", "kim", Choice.APPROVE, ""));
	}

	@Test
	void aDecisionMadeWhileTemporalIsAwayIsToldLaterOnce() {
		open(1, false, null);
		this.service.engine().available(false);
		Gate.Decision decision = this.decisions.decide(this.id, "go", "kim", Choice.APPROVE, "");
		assertThat(decision.deliveredAt()).isNull();
		this.service.engine().available(true);
		DecisionDelivery delivery = this.service.get(DecisionDelivery.class);
		delivery.deliverAll();
		delivery.deliverAll();
		assertThat(this.verdicts).extracting(GateVerdict::outcome).containsExactly(Outcome.APPROVED);
		assertThat(this.gates.decisions(this.id, "go").getFirst().deliveredAt()).isNotNull();
	}

	@Test
	void anOpenGateStandsInTheListsOfThoseWhoMayDecideIt() {
		open(2, false, null);
		open(2, false, null);
		Approvers approvers = this.service.get(Approvers.class);
		assertThat(this.gates.open()).hasSize(1);
		assertThat(this.gates.openFor(approvers.find("kim").orElseThrow())).hasSize(1);
		assertThat(this.gates.openFor(approvers.find("max").orElseThrow())).isEmpty();
		this.decisions.decide(this.id, "go", "kim", Choice.APPROVE, "");
		assertThat(this.gates.openFor(approvers.find("kim").orElseThrow())).isEmpty();
		assertThat(this.gates.openFor(approvers.find("lee").orElseThrow())).hasSize(1);
		Gate gate = this.gates.open().getFirst();
		assertThat(gate.startedBy()).isEqualTo("engineer");
		assertThat(gate.ahead()).containsExactly("south");
		assertThat(gate.instructions()).isEqualTo("Look at classroom first.");
		assertThat(gate.missing()).isOne();
	}

	private void open(int count, boolean selfApproval, Instant deadline) {
		Stage.Approval stage = new Stage.Approval("go", Stage.Options.NONE,
				new Stage.Approvers(List.of(), List.of("release-managers")), count, selfApproval,
				"Look at ${{ execution.pipeline }} first.");
		ExpressionContext context = new ExpressionContext(Map.of(), Map.of(), Map.of(),
				Map.of("pipeline", "classroom", "id", this.id.toString(), "number", "1", "user", "engineer"), Map.of(),
				null);
		this.activities.open(new GateOpening(this.id.toString(), stage, context, List.of("south"), deadline));
	}

	private void refuses(Class<? extends Exception> type, String user, String words) {
		assertThatExceptionOfType(type).isThrownBy(() -> this.decisions.decide(this.id, "go", user, Choice.APPROVE, ""))
			.withMessageContaining(words);
	}

}
