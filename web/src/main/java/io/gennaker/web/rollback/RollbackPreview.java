package io.gennaker.web.rollback;

import java.util.List;
import java.util.UUID;

import io.gennaker.pipelines.model.RollbackRules;
import io.gennaker.web.release.Release;
import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback would do. Nothing is changed by asking.
 *
 * @param executionId the execution that is taken back
 * @param pipeline its pipeline
 * @param number its number
 * @param status where it stands
 * @param obstacle why it cannot be taken back now, in words for people; null where it can
 * @param cancelFirst whether canceling it is the way out
 * @param approval who must agree before anything goes back; null for nobody
 * @param ordered whether the order of stages and components is known; a pipeline that can
 * no longer be read goes back stage by stage, the components of a cluster together
 * @param places where the execution went, in the order in which they would go back
 */
public record RollbackPreview(UUID executionId, String pipeline, long number, Status status, @Nullable String obstacle,
		boolean cancelFirst, RollbackRules.@Nullable Approval approval, boolean ordered, List<Place> places) {

	public RollbackPreview {
		places = List.copyOf(places);
	}

	/**
	 * The places that would go back.
	 */
	public List<Place> going() {
		return this.places.stream().filter((place) -> place.leftOut() == null && place.to() != null).toList();
	}

	/**
	 * Whether it can be started, if perhaps with other choices.
	 */
	public boolean open() {
		return this.obstacle == null
				|| (!this.cancelFirst && going().isEmpty() && this.places.stream().anyMatch(Place::hasChoices));
	}

	/**
	 * A place that the execution changed.
	 *
	 * @param stage the deploy stage
	 * @param wave from 0, as the execution went
	 * @param now what was left there last; null where nothing was
	 * @param to what would come back; null where nothing ran before
	 * @param choices the releases that are kept, newest first
	 * @param leftOut why it would stay as it is, in words for people; null where it would
	 * go back
	 * @param reachable whether the cluster answered the last time it was asked
	 */
	public record Place(String stage, String cluster, String namespace, String release, int wave, @Nullable Release now,
			@Nullable Release to, List<Release> choices, @Nullable String leftOut, boolean reachable) {

		public Place {
			choices = List.copyOf(choices);
		}

		boolean hasChoices() {
			return !this.choices.isEmpty();
		}

		/**
		 * Whether the very manifests that would come back were applied there last.
		 */
		public boolean same() {
			return this.now != null && this.to != null && this.now.manifests().equals(this.to.manifests());
		}

		Place leftOut(String why) {
			return new Place(this.stage, this.cluster, this.namespace, this.release, this.wave, this.now, this.to,
					this.choices, why, this.reachable);
		}

		Place to(Release chosen) {
			return new Place(this.stage, this.cluster, this.namespace, this.release, this.wave, this.now, chosen,
					this.choices, null, this.reachable);
		}

	}

}
