package io.gennaker.web.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.plan.ParameterValues;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.pipeline.Revisions;
import io.gennaker.workflows.release.ReleaseRequest;
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
class WritingStarter implements ExecutionStarter {

	private static final int LONGEST_KEY = 200;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	private final Audit audit;

	private final Revisions revisions;

	private final Inventory inventory;

	private final ExecutionRows rows;

	private final ApplicationEventPublisher publisher;

	WritingStarter(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json, Audit audit,
			Revisions revisions, Inventory inventory, ExecutionRows rows, ApplicationEventPublisher publisher) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.audit = audit;
		this.revisions = revisions;
		this.inventory = inventory;
		this.rows = rows;
		this.publisher = publisher;
	}

	@Override
	public StartedExecution start(StartRequest request) {
		String key = request.idempotencyKey();
		if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
			throw new StartRefusedException("The idempotency key cannot be used.",
					Map.of("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters"));
		}
		StartedExecution started = this.transactions.execute((_) -> write(request));
		if (started.created()) {
			this.publisher.publishEvent(new ExecutionWritten(started.id()));
		}
		return started;
	}

	private StartedExecution write(StartRequest request) {
		Locked locked = lock(request.pipeline());
		String fingerprint = fingerprint(request);
		Optional<StartedExecution> earlier = earlier(request, fingerprint);
		if (earlier.isPresent()) {
			return earlier.get();
		}
		List<Cluster> clusters = this.inventory.clusters();
		Pipeline pipeline = read(locked, clusters);
		Map<String, String> artifacts = ArtifactChoices.given(request.artifacts());
		Map<String, Object> parameters = check(pipeline, request, artifacts, clusters);
		List<ExecutionRows.Ahead> ahead = this.rows.open(pipeline.name());
		refuseIfBusy(pipeline, ahead);
		ExecutionRows.Written written = new ExecutionRows.Written(locked.number(), locked.revision(), pipeline,
				clusters, parameters, artifacts, request.trigger(), request.idempotencyKey(), fingerprint);
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

	private Optional<StartedExecution> earlier(StartRequest request, String fingerprint) {
		String key = request.idempotencyKey();
		if (key == null) {
			return Optional.empty();
		}
		return this.jdbc
			.sql("select id, number, fingerprint from executions where pipeline = ? and idempotency_key = ?")
			.params(request.pipeline(), key)
			.query((row, _) -> {
				if (!fingerprint.equals(row.getString("fingerprint"))) {
					throw new StartRefusedException(
							"The idempotency key was used for another request; use a new key for a new execution.",
							Map.of("Idempotency-Key", "belongs to %s #%d, which was asked for with other values"
								.formatted(request.pipeline(), row.getLong("number"))));
				}
				return new StartedExecution(row.getObject("id", UUID.class), request.pipeline(), row.getLong("number"),
						false);
			})
			.optional();
	}

	private Pipeline read(Locked locked, List<Cluster> clusters) {
		if (locked.currentRevision() == null) {
			throw new StartRefusedException("Pipeline '" + locked.name() + "' has no valid revision yet.",
					Map.of("pipeline", "has problems; its page lists them"));
		}
		return switch (this.revisions.read(locked.revision(), clusters)) {
			case ReadResult.Valid(Pipeline pipeline) -> pipeline;
			case ReadResult.Invalid(List<Problem> problems) -> throw new StartRefusedException(
					"Pipeline '" + locked.name() + "' does not fit the clusters that there are now.",
					Map.of("pipeline", problems.stream().map(Problem::toString).collect(Collectors.joining("; "))));
		};
	}

	private static Map<String, Object> check(Pipeline pipeline, StartRequest request, Map<String, String> artifacts,
			List<Cluster> clusters) {
		Map<String, String> problems = new TreeMap<>(ArtifactChoices.problems(pipeline, artifacts));
		Map<String, Object> values = switch (ParameterValues.complete(pipeline, request.parameters(), clusters)) {
			case ParameterValues.Outcome.Complete(Map<String, Object> complete) -> complete;
			case ParameterValues.Outcome.Refused(Map<String, String> refused) -> {
				refused.forEach((parameter, problem) -> problems.put("parameters." + parameter, problem));
				yield Map.of();
			}
		};
		if (!problems.isEmpty()) {
			throw new StartRefusedException("The execution cannot be started like this: " + problems.entrySet()
				.stream()
				.map((problem) -> problem.getKey() + " " + problem.getValue())
				.collect(Collectors.joining("; ")), problems);
		}
		return values;
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
		String asked = this.json
			.write(List.of(new TreeMap<>(request.parameters()), ArtifactChoices.given(request.artifacts())));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	private record Locked(String name, @Nullable UUID currentRevision, long number) {

		UUID revision() {
			return java.util.Objects.requireNonNull(this.currentRevision);
		}

	}

}
