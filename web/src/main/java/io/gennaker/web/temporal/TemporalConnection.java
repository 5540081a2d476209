package io.gennaker.web.temporal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.gennaker.workflows.temporal.PayloadConverters;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Temporal. It is made without asking whether anything answers, so that
 * the service starts before Temporal does; {@link #check()} asks.
 */
public final class TemporalConnection implements AutoCloseable {

	private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(3);

	private final TemporalEndpoint endpoint;

	private final Clock clock;

	private final WorkflowServiceStubs stubs;

	private final WorkflowClient client;

	private final SearchAttributeRegistration searchAttributes;

	private volatile State state;

	private volatile boolean prepared;

	public TemporalConnection(TemporalEndpoint endpoint, Clock clock) {
		this.endpoint = endpoint;
		this.clock = clock;
		this.state = new State(false, "Temporal was not asked yet", clock.instant());
		this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
			.setTarget(endpoint.target())
			.setRpcTimeout(RPC_TIMEOUT)
			.build());
		this.client = WorkflowClient.newInstance(this.stubs,
				WorkflowClientOptions.newBuilder()
					.setNamespace(endpoint.namespace())
					.setDataConverter(PayloadConverters.dataConverter())
					.build());
		this.searchAttributes = new SearchAttributeRegistration(this.stubs, endpoint.namespace());
	}

	/**
	 * Where it leads.
	 */
	public TemporalEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * How the newest look went.
	 */
	public State state() {
		return this.state;
	}

	/**
	 * Asks Temporal for its namespace; the first time that it answers, what operators
	 * search by is registered.
	 * @return whether it is ready, and since when that has been so
	 */
	public synchronized State check() {
		String problem = problem();
		if (this.state.reachable() != (problem == null) || !Objects.equals(this.state.problem(), problem)) {
			this.state = new State(problem == null, problem, this.clock.instant());
		}
		return this.state;
	}

	WorkflowClient client() {
		return this.client;
	}

	WorkflowServiceStubs stubs() {
		return this.stubs;
	}

	private @Nullable String problem() {
		try {
			this.stubs.blockingStub()
				.withDeadlineAfter(CHECK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
				.describeNamespace(
						DescribeNamespaceRequest.newBuilder().setNamespace(this.endpoint.namespace()).build());
			if (!this.prepared) {
				this.searchAttributes.register();
				this.prepared = true;
			}
			return null;
		}
		catch (StatusRuntimeException ex) {
			return words(ex.getStatus());
		}
	}

	/**
	 * What Temporal's status means, in words.
	 */
	String words(Status status) {
		String there = "at " + this.endpoint.target();
		return switch (status.getCode()) {
			case UNAVAILABLE, DEADLINE_EXCEEDED -> "Temporal does not answer " + there;
			case NOT_FOUND -> "Temporal " + there + " has no namespace '" + this.endpoint.namespace() + "'";
			default -> "Temporal " + there + " says " + status.getCode() + ": " + status.getDescription();
		};
	}

	@Override
	public void close() {
		this.stubs.shutdown();
		if (!this.stubs.awaitTermination(2, TimeUnit.SECONDS)) {
			this.stubs.shutdownNow();
		}
	}

	/**
	 * Whether Temporal answers.
	 *
	 * @param problem what is wrong, in words; null where it answers
	 * @param since when this began
	 */
	public record State(boolean reachable, @Nullable String problem, Instant since) {
	}

}
