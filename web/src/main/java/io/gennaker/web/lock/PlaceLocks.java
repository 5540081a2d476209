package io.gennaker.web.lock;

import java.util.Optional;
import java.util.UUID;

import io.gennaker.activities.rollout.Fence;
import io.gennaker.activities.rollout.StaleHolderException;
import io.gennaker.workflows.lock.LockActivities;
import io.gennaker.workflows.lock.LockAnswer;
import io.gennaker.workflows.lock.LockClaim;
import io.gennaker.workflows.release.Failures;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.gennaker.workflows.temporal.Words;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The locks of places in PostgreSQL. A place is given out by tickets, in the order in
 * which they were taken; what was taken by an execution that has ended counts no more.
 */
@Component
class PlaceLocks implements LockActivities, Fence {

	/** The type of the failure that makes Temporal ask again. */
	private static final String HELD = "place-held";

	private final LockRows rows;

	private final OlderBuilds older;

	private final TransactionOperations transactions;

	PlaceLocks(LockRows rows, OlderBuilds older, TransactionOperations transactions) {
		this.rows = rows;
		this.older = older;
		this.transactions = transactions;
	}

	@Override
	public LockAnswer acquire(LockClaim claim) {
		LockAnswer answer = this.transactions.execute((_) -> ask(claim));
		if (!answer.held() && answer.token() == claim.seen()) {
			throw ApplicationFailure.newBuilder()
				.setMessage("still " + answer.waits())
				.setType(HELD)
				.setCategory(ApplicationErrorCategory.BENIGN)
				.build();
		}
		return answer;
	}

	private LockAnswer ask(LockClaim claim) {
		Place place = Place.of(claim);
		UUID execution = UUID.fromString(claim.executionId());
		this.rows.alone(place);
		this.rows.forgetEnded(place);
		this.rows.ticket(place, execution, claim.stageId());
		Optional<Lock> holder = this.rows.holder(place);
		if (holder.isPresent()) {
			Lock lock = holder.get();
			return lock.isOf(execution, claim.stageId()) ? new LockAnswer(lock.token(), null) : behind(lock);
		}
		Lock first = this.rows.first(place).orElseThrow();
		if (!first.isOf(execution, claim.stageId())) {
			return behind(first);
		}
		String refusal = this.older.refusal(claim);
		if (refusal != null) {
			throw ApplicationFailure.newNonRetryableFailure(refusal, Failures.OLDER_BUILD);
		}
		return new LockAnswer(this.rows.give(first.ticket()), null);
	}

	/**
	 * Waits for another one. One that is only next in the queue has no token yet, but a
	 * ticket, told apart by its sign.
	 */
	private static LockAnswer behind(Lock lock) {
		if (lock.heldAt() == null) {
			return new LockAnswer(-lock.ticket(),
					"waits for %s, which asked first, at %s".formatted(lock.title(), Words.of(lock.askedAt())));
		}
		return new LockAnswer(lock.token(), "waits for %s, since %s; it ends when that rollout ends or is canceled"
			.formatted(lock.title(), Words.of(lock.heldAt())));
	}

	@Override
	public void release(LockClaim claim) {
		this.rows.remove(Place.of(claim), UUID.fromString(claim.executionId()), claim.stageId());
	}

	@Override
	public void check(RolloutRequest rollout) {
		if (rollout.token() == 0) {
			return;
		}
		Place place = new Place(rollout.cluster().name(), rollout.namespace(), rollout.release());
		Optional<Lock> holder = this.rows.holder(place);
		if (holder.isEmpty() || holder.get().token() != rollout.token()) {
			String now = holder.map((lock) -> lock.title() + " holds it now").orElse("it was given back");
			throw new StaleHolderException("this rollout no longer holds %s of namespace %s in %s: %s"
				.formatted(rollout.release(), rollout.namespace(), rollout.cluster().name(), now));
		}
	}

}
