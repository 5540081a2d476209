package io.gennaker.web.rollback;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Asks for something to be taken back.
 *
 * @param subject what is taken back
 * @param choices where to, and to which releases; empty for everywhere, to what ran
 * before
 * @param user who asks
 * @param reason why, perhaps empty
 * @param idempotencyKey a repeated request with the same key gives the same execution;
 * null for none
 */
public record RollbackRequest(Subject subject, List<Choice> choices, String user, String reason,
		@Nullable String idempotencyKey) {

	public RollbackRequest {
		choices = List.copyOf(choices);
	}

	/**
	 * What is taken back.
	 */
	public sealed interface Subject {

		/**
		 * All that an execution changed.
		 */
		record OfExecution(UUID id) implements Subject {
		}

		/**
		 * One place, whatever left its newest release.
		 */
		record OfPlace(String cluster, String namespace, String release) implements Subject {
		}

	}

	/**
	 * A place to take back.
	 *
	 * @param stage the deploy stage
	 * @param cluster the cluster's name
	 * @param to the id of one of the place's releases; null for what ran before
	 */
	public record Choice(String stage, String cluster, @Nullable Long to) {

		boolean means(RollbackPreview.Place place) {
			return this.stage.equals(place.stage()) && this.cluster.equals(place.cluster());
		}

	}

}
