package io.gennaker.web.console;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.gennaker.web.gate.Gate;
import io.gennaker.web.lock.VersionOrder;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * A gate as its page shows it.
 *
 * @param decisions oldest first
 * @param refusal why the reader may not decide, as a text of the bundle with its
 * arguments; null for a reader who may
 * @param places where the stages go that it holds back
 */
record GateView(Gate gate, List<Gate.Decision> decisions, @Nullable Refusal refusal, List<Place> places) {

	private static final int OPEN = 4;

	/**
	 * Whether every place may load its differences at once.
	 */
	public boolean few() {
		return this.places.size() <= OPEN;
	}

	/**
	 * Why a reader may not decide.
	 */
	record Refusal(String key, Object[] arguments) {
	}

	/**
	 * A cluster that waits behind the gate.
	 *
	 * @param stageId the deploy stage
	 * @param namespace empty where nothing was baked for it, as is the name
	 * @param images the images that change, and those that stay
	 */
	record Place(String stageId, String cluster, String region, String namespace, String name,
			List<ImageChange> images) {

		/**
		 * How many images change.
		 */
		public long changed() {
			return this.images.stream().filter(ImageChange::changed).count();
		}

	}

	/**
	 * A component's image before and after.
	 *
	 * @param before null where nothing runs yet
	 */
	record ImageChange(String component, @Nullable BoundArtifact before, BoundArtifact after) {

		/**
		 * Images beside those that run.
		 * @param running by component
		 */
		static List<ImageChange> of(Collection<BoundArtifact> images, Map<String, BoundArtifact> running) {
			return images.stream()
				.map((image) -> new ImageChange(image.component(), running.get(image.component()), image))
				.toList();
		}

		/**
		 * Whether the release brings a lower version than what runs.
		 */
		public boolean older() {
			return this.before != null && VersionOrder.lower(this.after, this.before);
		}

		/**
		 * Whether the release brings another image.
		 */
		public boolean changed() {
			return this.before == null || !this.before.digest().equals(this.after.digest())
					|| !this.before.image().equals(this.after.image());
		}

	}

}
