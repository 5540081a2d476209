package io.gennaker.activities.rollout;

import java.util.List;

import io.gennaker.activities.rollout.manifest.DeclaredKinds;
import io.gennaker.activities.rollout.manifest.LayoutPlanner;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestReader;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.Occasion;

/**
 * A release as one cluster will get it.
 *
 * @param identity whose objects they are
 * @param layout its objects in order
 * @param declared the kinds that it brings itself
 * @param mask what must not be shown of it
 */
record LoadedRelease(ReleaseIdentity identity, ReleaseLayout layout, DeclaredKinds declared, SecretMask mask) {

	static LoadedRelease load(String text, ReleaseIdentity identity, List<List<String>> order, Occasion occasion,
			ApiServer server, ApiKinds kinds) {
		List<Manifest> manifests = ManifestReader.read(text);
		DeclaredKinds declared = new DeclaredKinds(manifests);
		ReleaseLayout layout = LayoutPlanner.plan(manifests, identity, order, occasion,
				(manifest) -> kinds.of(server, manifest, declared));
		return new LoadedRelease(identity, layout, declared, new SecretMask(manifests));
	}

}
