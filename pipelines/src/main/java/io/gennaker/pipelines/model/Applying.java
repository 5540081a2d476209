package io.gennaker.pipelines.model;

import java.util.List;

/**
 * How a deploy applies objects, and what it may take from others.
 *
 * @param prune whether what an earlier release applied and this one no longer has is
 * deleted
 * @param adopt whether objects that exist and belong to Helm, kubectl or nobody are taken
 * over; those of another release never are
 * @param forceConflicts whether fields that another field manager owns are taken from it
 * @param recreate kinds, such as {@code Job}, and single objects, such as
 * {@code Job/migrate}, that are deleted and made anew where the API server refuses to
 * change a field
 */
public record Applying(boolean prune, boolean adopt, boolean forceConflicts, List<String> recreate) {

	/** What a deploy does that says nothing. */
	public static final Applying DEFAULT = new Applying(true, false, false, List.of());

	public Applying {
		recreate = List.copyOf(recreate);
	}

	/**
	 * Whether an object may be deleted and made anew.
	 */
	public boolean recreates(String kind, String name) {
		return this.recreate.contains(kind) || this.recreate.contains(kind + "/" + name);
	}

}
