package io.gennaker.web.console;

import java.util.List;

import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;

/**
 * What becomes of a release's objects, fit for a page.
 *
 * @param changes those that change, with their differences
 * @param unchanged how many stay as they are
 */
record ShownChanges(List<ShownChange> changes, long unchanged) {

	private static final int FEW = 20;

	static ShownChanges of(List<ObjectChange> changes) {
		return new ShownChanges(changes.stream()
			.filter((change) -> change.change() != Change.UNCHANGED)
			.map((change) -> new ShownChange(change, DiffLine.of(change.diff())))
			.toList(), changes.stream().filter((change) -> change.change() == Change.UNCHANGED).count());
	}

	/**
	 * Whether differences may stand open: where there are many, a person picks.
	 */
	public boolean few() {
		return this.changes.size() <= FEW;
	}

	/**
	 * How many objects a change befalls.
	 */
	public long count(String change) {
		return this.changes.stream().filter((one) -> one.object().change().name().equals(change)).count();
	}

	/**
	 * An object's change with its difference in lines.
	 */
	record ShownChange(ObjectChange object, List<DiffLine> lines) {

		private static final int OPEN = 200;

		/**
		 * Whether the difference is short enough to stand open.
		 */
		public boolean open() {
			return this.lines.size() <= OPEN;
		}

	}

}
