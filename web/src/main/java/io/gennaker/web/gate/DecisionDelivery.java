package io.gennaker.web.gate;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.web.execution.ReleaseEngine;
import io.gennaker.web.execution.ReleaseEngine.EngineRefusedException;
import io.gennaker.web.execution.ReleaseEngine.EngineUnavailableException;
import io.gennaker.workflows.gate.DecisionNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells running executions about decisions, and again until they have heard. The
 * decision's id makes a repetition harmless.
 */
@Component
class DecisionDelivery {

	private static final Logger log = LoggerFactory.getLogger(DecisionDelivery.class);

	private final JdbcClient jdbc;

	private final ReleaseEngine engine;

	DecisionDelivery(JdbcClient jdbc, ReleaseEngine engine) {
		this.jdbc = jdbc;
		this.engine = engine;
	}

	/**
	 * Tells one decision. Where Temporal does not answer it stays to be told.
	 */
	void deliver(UUID decisionId) {
		Optional<Undelivered> row = this.jdbc
			.sql("select id, execution_id, stage_id from decisions where id = ? and delivered_at is null")
			.param(decisionId)
			.query((found, _) -> new Undelivered(found.getObject("id", UUID.class),
					found.getObject("execution_id", UUID.class), found.getString("stage_id")))
			.optional();
		row.ifPresent(this::deliver);
	}

	private boolean deliver(Undelivered decision) {
		try {
			this.engine.decide(decision.executionId(),
					new DecisionNotice(decision.stageId(), decision.id().toString()));
			this.jdbc.sql("update decisions set delivered_at = coalesce(delivered_at, now()) where id = ?")
				.param(decision.id())
				.update();
			return true;
		}
		catch (EngineRefusedException ex) {
			// Its outcome stays where it was weighed before, by a delivery whose answer
			// was lost.
			this.jdbc.sql("""
					update decisions set delivered_at = coalesce(delivered_at, now()),
						refusal = case when outcome is null then ? else refusal end,
						outcome = coalesce(outcome, 'REFUSED') where id = ?""")
				.params(String.valueOf(ex.getMessage()), decision.id())
				.update();
			return true;
		}
		catch (EngineUnavailableException ex) {
			log.warn("A decision about {} of execution {} could not be told and will be again: {}", decision.stageId(),
					decision.executionId(), ex.getMessage());
			return false;
		}
	}

	/**
	 * Why a decision does not count.
	 */
	String refusal(UUID decisionId) {
		return this.jdbc.sql("select coalesce(refusal, 'it was refused') as refusal from decisions where id = ?")
			.param(decisionId)
			.query((row, _) -> row.getString("refusal"))
			.single();
	}

	@Scheduled(fixedDelay = 5_000)
	void onSchedule() {
		try {
			deliverAll();
		}
		catch (RuntimeException ex) {
			log.warn("Decisions could not be told and will be again: {}", ex.toString());
		}
	}

	/**
	 * Tells every decision that was not, oldest first, until Temporal does not answer.
	 */
	void deliverAll() {
		List<Undelivered> undelivered = this.jdbc.sql("""
				select id, execution_id, stage_id from decisions where delivered_at is null order by decided_at""")
			.query((row, _) -> new Undelivered(row.getObject("id", UUID.class),
					row.getObject("execution_id", UUID.class), row.getString("stage_id")))
			.list();
		for (Undelivered decision : undelivered) {
			if (!deliver(decision)) {
				return;
			}
		}
	}

	private record Undelivered(UUID id, UUID executionId, String stageId) {
	}

}
