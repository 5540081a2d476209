package io.gennaker.web.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.database.JsonColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Starts executions by writing them; {@link ExecutionLauncher} starts their workflows.
 * The lock on the pipeline's row makes numbers, keys and limits hold among starts at
 * once.
 */
@Component
class WritingStarter implements ExecutionStarter, PlannedStarter {

	private static final int LONGEST_KEY = 200;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	private final Audit audit;

	private final StartChecks checks;

	private final ExecutionRows rows;

	private final ApplicationEventPublisher publisher;

	WritingStarter(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json, Audit audit,
			StartChecks checks, ExecutionRows rows, ApplicationEventPublisher publisher) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.audit = audit;
		this.checks = checks;
		this.rows = rows;
		this.publisher = publisher;
	}

	@Override
	public StartedExecution start(StartRequest request) {
		return written(request.idempotencyKey(), () -> write(request));
	}

	@Override
	public StartedExecution start(PlannedStart request) {
		return written(request.idempotencyKey(), () -> write(request));
	}

	private StartedExecution written(@Nullable String key, Supplier<StartedExecution> write) {
		if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
			throw new StartRefusedException("The idempotency key cannot be used.",
					Map.of("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters"));
		}
		StartedExecution started = this.transactions.execute((_) -> write.get());
		if (started.created()) {
			this.publisher.publishEvent(new ExecutionWritten(started.id()));
		}
		return started;
	}

	private StartedExecution write(PlannedStart request) {
		Locked locked = lock(request.pipeline());
		String fingerprint = digest(request.asked());
		Optional<StartedExecution> earlier = earlier(locked.name(), request.idempotencyKey(), fingerprint);
		if (earlier.isPresent()) {
			return earlier.get();
		}
		PlannedStart.Planned planned = request.plan().get();
		ExecutionRows.Written written = new ExecutionRows.Written(locked.number(), planned.revision(),
				planned.pipeline(), planned.inventory(), planned.parameters(), planned.artifacts(), planned.trigger(),
				request.idempotencyKey(), fingerprint, ExecutionRows.Origin.of(planned), planned.allowOlder());
		UUID id = this.rows.insert(written, this.rows.open(locked.name()));
		planned.written().accept(id);
		this.audit.record(planned.trigger().user(), planned.action(), "execution:" + id, "done",
				"%s #%d: %s".formatted(locked.name(), locked.number(), planned.detail()));
		return new StartedExecution(id, locked.name(), locked.number(), true);
	}

	private StartedExecution write(StartRequest request) {
		Locked locked = lock(request.pipeline());
		String fingerprint = fingerprint(request);
		Optional<StartedExecution> earlier = earlier(locked.name(), request.idempotencyKey(), fingerprint);
		if (earlier.isPresent()) {
			return earlier.get();
		}
		StartChecks.Checked checked = this.checks.check(locked.name(), locked.currentRevision(), request.parameters(),
				request.artifacts());
		Pipeline pipeline = checked.pipeline();
		List<ExecutionRows.Ahead> ahead = this.rows.open(pipeline.name());
		refuseIfBusy(pipeline, ahead);
		ExecutionRows.Written written = new ExecutionRows.Written(locked.number(), checked.revision(), pipeline,
				checked.inventory(), checked.parameters(), checked.artifacts(), request.trigger(),
				request.idempotencyKey(), fingerprint, null, request.allowOlder());
		UUID id = this.rows.insert(written, ahead);
		this.audit.record(request.trigger().user(), "execution.start", "execution:" + id, "done",
				"%s #%d by %s".formatted(pipeline.name(), locked.number(), request.trigger().type()));
		return new StartedExecution(id, pipeline.name(), locked.number(), true);
	}

	private Locked lock(String pipeline) {
		return this.jdbc.sql("select current_revision, next_number from pipelines where name = ? for update")
			.param(pipeline)
			.query((row, _) -> new Locked(pipeline, row.getObject("current_revision", UUID.class),
					row.getLong("next_number")))
			.optional()
			.orElseThrow(() -> new StartRefusedException("There is no pipeline '" + pipeline + "'.",
					Map.of("pipeline", "is unknown")));
	}

	private Optional<StartedExecution> earlier(String pipeline, @Nullable String key, String fingerprint) {
		if (key == null) {
			return Optional.empty();
		}
		return this.jdbc
			.sql("select id, number, fingerprint from executions where pipeline = ? and idempotency_key = ?")
			.params(pipeline, key)
			.query((row, _) -> {
				if (!fingerprint.equals(row.getString("fingerprint"))) {
					throw new StartRefusedException(
							"The idempotency key was used for another request; use a new key for a new execution.",
							Map.of("Idempotency-Key", "belongs to %s #%d, which was asked for with other values"
								.formatted(pipeline, row.getLong("number"))));
				}
				return new StartedExecution(row.getObject("id", UUID.class), pipeline, row.getLong("number"), false);
			})
			.optional();
	}

	private static void refuseIfBusy(Pipeline pipeline, List<ExecutionRows.Ahead> ahead) {
		Concurrency concurrency = pipeline.concurrency();
		boolean busy = ahead.size() >= concurrency.limit();
		if (busy && concurrency.whenBusy() == Concurrency.WhenBusy.REJECT) {
			throw new StartRefusedException("Pipeline '" + pipeline.name() + "' is busy and takes no more than "
					+ concurrency.limit() + " at once.",
					Map.of("concurrency", ExecutionRows.waitsFor(pipeline.name(), ahead)));
		}
	}

	private String fingerprint(StartRequest request) {
		List<Object> asked = new ArrayList<>(
				List.of(new TreeMap<>(request.parameters()), ArtifactChoices.given(request.artifacts())));
		if (request.allowOlder()) {
			asked.add("allow-older");
		}
		return digest(this.json.write(asked));
	}

	private static String digest(String asked) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	private record Locked(String name, @Nullable UUID currentRevision, long number) {
	}

}
