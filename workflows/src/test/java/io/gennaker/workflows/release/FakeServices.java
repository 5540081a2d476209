package io.gennaker.workflows.release;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gennaker.workflows.child.ChildActivities;
import io.gennaker.workflows.child.ChildCancellation;
import io.gennaker.workflows.child.ChildEnd;
import io.gennaker.workflows.child.ChildExecution;
import io.gennaker.workflows.child.ChildRequest;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.webhook.WebhookActivities;
import io.gennaker.workflows.webhook.WebhookRequest;
import io.gennaker.workflows.webhook.WebhookResult;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;

/**
 * Other services and other pipelines in memory.
 */
final class FakeServices implements WebhookActivities, ChildActivities {

	final List<WebhookRequest> calls = new CopyOnWriteArrayList<>();

	final List<ChildRequest> starts = new CopyOnWriteArrayList<>();

	final List<ChildCancellation> cancellations = new CopyOnWriteArrayList<>();

	volatile ApplicationFailure refusal;

	volatile ChildEnd end = new ChildEnd(Status.SUCCEEDED, null);

	/** Set for an execution that does not end by itself. */
	volatile CountDownLatch ended;

	@Override
	public WebhookResult call(WebhookRequest request) {
		this.calls.add(request);
		refuse();
		return new WebhookResult(202, "answered 202");
	}

	@Override
	public ChildExecution start(ChildRequest request) {
		this.starts.add(request);
		refuse();
		return new ChildExecution("0199-child", request.stage().pipeline(), 7);
	}

	private void refuse() {
		if (this.refusal != null) {
			throw this.refusal;
		}
	}

	@Override
	public ChildEnd await(ChildExecution child) {
		while (this.ended != null && !released(this.ended)) {
			Activity.getExecutionContext().heartbeat(child.title());
		}
		return this.end;
	}

	private static boolean released(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void cancel(ChildCancellation cancellation) {
		this.cancellations.add(cancellation);
		this.end = new ChildEnd(Status.CANCELED, cancellation.reason());
		this.ended.countDown();
	}

}
