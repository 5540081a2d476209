package io.gennaker.web.console;

import java.util.List;
import java.util.Map;

import io.gennaker.web.console.GateView.ImageChange;
import io.gennaker.web.release.Release;
import io.gennaker.web.rollback.RollbackPreview;

/**
 * A rollback as its page shows it before it is started.
 *
 * @param address the page's own, which takes the form
 * @param places in the order in which they would go back
 */
record RollbackView(RollbackPreview preview, String address, List<Place> places) {

	private static final int FEW = 4;

	static RollbackView of(RollbackPreview preview, String address) {
		return new RollbackView(preview, address, preview.places().stream().map(Place::of).toList());
	}

	/**
	 * Whether every cluster may be asked at once.
	 */
	public boolean few() {
		return this.places.size() <= FEW;
	}

	/**
	 * A place.
	 *
	 * @param images its images, now and then
	 */
	record Place(RollbackPreview.Place place, List<ImageChange> images) {

		static Place of(RollbackPreview.Place place) {
			Release to = place.to();
			Release now = place.now();
			return new Place(place, (to != null)
					? ImageChange.of(to.artifacts().values(), (now != null) ? now.artifacts() : Map.of()) : List.of());
		}

		/**
		 * The place's name in the form.
		 */
		public String key() {
			return this.place.stage() + "/" + this.place.cluster();
		}

		/**
		 * Whether a person may choose it.
		 */
		public boolean open() {
			return !this.place.choices().isEmpty();
		}

		/**
		 * How many images change.
		 */
		public long changed() {
			return this.images.stream().filter(ImageChange::changed).count();
		}

	}

}
