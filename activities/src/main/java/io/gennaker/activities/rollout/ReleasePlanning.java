package io.gennaker.activities.rollout;

import java.util.List;

import io.gennaker.activities.rollout.manifest.ComponentOrder;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.ownership.ObsoleteObjects;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.workflows.rollout.ObsoleteObject;
import io.gennaker.workflows.rollout.Occasion;

/**
 * What a rollout will do to a cluster, by what is there.
 *
 * @param release what is applied
 * @param survey what is there
 * @param obsolete what is deleted, in this order
 * @param ownership what may be changed
 */
record ReleasePlanning(LoadedRelease release, ReleaseSurvey survey, List<ObsoleteObject> obsolete,
		OwnershipCheck ownership) {

	/**
	 * Plans a rollout.
	 * @param order groups of components, reversed already on the way back
	 * @param back whether the cluster goes back to an earlier release
	 */
	static ReleasePlanning of(ApiServer server, ApiKinds kinds, ReleaseIdentity identity, String manifests,
			List<List<String>> order, boolean back, Applying applying) {
		// hooks apart, which are nobody's to find again, the occasion changes nothing
		Occasion guess = back ? Occasion.ROLLBACK : Occasion.UPGRADE;
		LoadedRelease release = LoadedRelease.load(manifests, identity, order, guess, server, kinds);
		ReleaseSurvey survey = ReleaseSurvey.of(server, kinds, identity, release.layout());
		if (!back && survey.occasion(release.layout()) == Occasion.INSTALL) {
			release = LoadedRelease.load(manifests, identity, order, Occasion.INSTALL, server, kinds);
		}
		ComponentOrder forth = new ComponentOrder(back ? order.reversed() : order);
		List<ObsoleteObject> obsolete = applying.prune()
				? new ObsoleteObjects(identity, release.layout(), forth).of(survey.own()) : List.of();
		return new ReleasePlanning(release, survey, obsolete, new OwnershipCheck(identity, applying.adopt()));
	}

	/**
	 * Refuses to change what belongs to others.
	 * @throws io.gennaker.activities.rollout.manifest.ManifestException naming each
	 * object with its owner
	 */
	void checkOwnership() {
		this.ownership.check(this.release.layout().objects(), this.survey);
	}

}
