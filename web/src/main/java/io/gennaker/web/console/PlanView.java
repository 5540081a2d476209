package io.gennaker.web.console;

import java.util.List;

import io.gennaker.web.console.GateView.ImageChange;
import io.gennaker.web.preview.ReleasePlan.PlannedCluster;

/**
 * A plan as a page shows it.
 *
 * @param places one for each cluster of each deploy stage
 */
record PlanView(List<Place> places) {

	private static final int FEW = 4;

	/**
	 * Whether every cluster's differences may load at once.
	 */
	public boolean few() {
		return this.places.size() <= FEW;
	}

	/**
	 * A cluster of a deploy stage.
	 *
	 * @param planned what would change there
	 * @param images its images, now and then
	 * @param shown its objects
	 */
	record Place(PlannedCluster planned, List<ImageChange> images, ShownChanges shown) {

		/**
		 * The images that would be others.
		 */
		public List<ImageChange> changed() {
			return this.images.stream().filter(ImageChange::changed).toList();
		}

		/**
		 * Whether some image would be a lower version than what runs.
		 */
		public boolean older() {
			return this.images.stream().anyMatch(ImageChange::older);
		}

		/**
		 * How many objects would be changed: updated, run or made anew, or taken over.
		 */
		public long updated() {
			return this.shown.count("UPDATE") + this.shown.count("RUN") + this.shown.count("RECREATE")
					+ this.shown.count("ADOPT");
		}

	}

}
