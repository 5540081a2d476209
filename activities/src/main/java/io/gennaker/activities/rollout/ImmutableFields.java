package io.gennaker.activities.rollout;

import java.util.Set;
import java.util.regex.Pattern;

import io.gennaker.activities.rollout.ApiServer.Propagation;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.pipelines.model.Applying;

/**
 * Fields that the API server does not let anyone change, such as a Deployment's selector,
 * and the way out: the object is deleted and made anew, where its author or the stage
 * says so.
 */
final class ImmutableFields {

	/** The annotation by which an object may be made anew. */
	static final String ON_IMMUTABLE = "gennaker.io/on-immutable";

	private static final String RECREATE = "recreate";

	private static final int INVALID = 422;

	private static final Pattern WORDS = Pattern
		.compile("immutable|may not change once set|cannot change roleRef|updates to .* are forbidden"
				+ "|may not be changed|cannot be changed", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** What would take data with it that nothing brings back. */
	private static final Set<String> HOLD_DATA = Set.of("Namespace", "CustomResourceDefinition",
			"PersistentVolumeClaim", "PersistentVolume");

	private static final Set<String> OWN_PODS = Set.of("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "Job",
			"CronJob");

	private final Applying applying;

	ImmutableFields(Applying applying) {
		this.applying = applying;
	}

	/**
	 * Whether a refusal is about a field that cannot be changed.
	 */
	static boolean causes(ApiRefusal refusal) {
		return refusal.code() == INVALID && WORDS.matcher(refusal.words()).find();
	}

	/**
	 * Whether an object is to be deleted and made anew.
	 */
	boolean allowsToRecreate(PlacedObject object) {
		String kind = object.kind().kind();
		return !HOLD_DATA.contains(kind) && (object.manifest().annotation(ON_IMMUTABLE).equals(RECREATE)
				|| this.applying.recreates(kind, object.manifest().name()));
	}

	/**
	 * The server's words and the way out.
	 */
	static ApiRefusal explained(PlacedObject object, ApiRefusal refusal) {
		String kind = object.kind().kind();
		String way = HOLD_DATA.contains(kind)
				? "Deleting it would take its data with it, so Gennaker does not: do it by hand, or give it another name"
				: "Give it another name, or let it be deleted and made anew: annotate it " + ON_IMMUTABLE + ": "
						+ RECREATE + ", or say recreate: [" + kind + "/" + object.manifest().name() + "] on the stage";
		return new ApiRefusal(refusal.code(), refusal.words() + ". The field cannot be changed. " + way);
	}

	/**
	 * What becomes of an object's pods while it is made anew. A StatefulSet that selects
	 * the same ones takes them up again; others' would be left without an owner.
	 */
	static Propagation propagation(PlacedObject object, Manifest live) {
		if (object.kind().kind().equals("StatefulSet")
				&& String.valueOf(live.at("spec", "selector")).equals(selector(object))) {
			return Propagation.ORPHAN;
		}
		return OWN_PODS.contains(object.kind().kind()) ? Propagation.FOREGROUND : Propagation.BACKGROUND;
	}

	private static String selector(PlacedObject object) {
		return String.valueOf(object.manifest().at("spec", "selector"));
	}

}
