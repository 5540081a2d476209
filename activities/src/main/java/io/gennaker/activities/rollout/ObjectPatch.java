package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.pipelines.model.ClusterOperation;

/**
 * Changes fields of an object. What is applied stays with a field manager of the stage's
 * own, so that the same stage can take it away again; the other forms leave their fields
 * to whoever applies them next.
 */
final class ObjectPatch {

	/** The annotation that tells which run sent a list of operations. */
	static final String MARK = "gennaker.io/patched-by";

	private static final int LONGEST_MANAGER = 128;

	private final OperationScene scene;

	private final ClusterOperation.Patch patch;

	ObjectPatch(OperationScene scene, ClusterOperation.Patch patch) {
		this.scene = scene;
		this.patch = patch;
	}

	String run() {
		List<Manifest> found = this.scene.require(this.patch.object());
		PlacedObject object = this.scene.place(found, new PlacedObject.Role.Member()).getFirst();
		this.scene.heartbeat().tell(this.scene.heartbeat().latest().at(object.title()));
		send(object);
		this.scene.log().tell(object, ObjectState.APPLIED, "");
		this.scene.awaitHealthy(List.of(object), new SecretMask(List.of()));
		return "patched " + OperationScene.titles(found);
	}

	private void send(PlacedObject object) {
		Object tree = Objects.requireNonNull(this.scene.tree(this.patch.patch()));
		FieldClaims claims = new FieldClaims(this.scene.server(), object.kind(), "gennaker-patch");
		switch (this.patch.form()) {
			case APPLY ->
				this.scene.server().apply(object.kind(), whole(object.manifest(), (Map<?, ?>) tree), manager());
			case MERGE -> claims.patch(object.manifest(), "application/merge-patch+json", tree);
			case STRATEGIC -> claims.patch(object.manifest(), "application/strategic-merge-patch+json", tree);
			case JSON -> {
				// adding to a list twice is not what adding once is
				if (!object.manifest().annotation(MARK).equals(this.scene.run())) {
					claims.patch(object.manifest(), "application/json-patch+json",
							marked(object.manifest(), (List<?>) tree));
				}
			}
		}
	}

	private static Manifest whole(Manifest object, Map<?, ?> fields) {
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("apiVersion", object.apiVersion());
		content.put("kind", object.kind());
		fields.forEach((key, value) -> content.put(String.valueOf(key), value));
		Manifest whole = new Manifest(content).with(object.name(), "metadata", "name");
		return object.namespace().isEmpty() ? whole : whole.with(object.namespace(), "metadata", "namespace");
	}

	private List<Object> marked(Manifest object, List<?> operations) {
		List<Object> all = new ArrayList<>();
		if (!(object.at("metadata", "annotations") instanceof Map<?, ?>)) {
			all.add(Map.of("op", "add", "path", "/metadata/annotations", "value", Map.of()));
		}
		all.add(Map.of("op", "add", "path", "/metadata/annotations/" + MARK.replace("/", "~1"), "value",
				this.scene.run()));
		all.addAll(operations);
		return all;
	}

	private String manager() {
		String name = "gennaker-" + this.scene.request().pipeline() + "-" + this.scene.request().stageId();
		return (name.length() <= LONGEST_MANAGER) ? name
				: name.substring(0, 100) + "-" + Sha256.hex(Sha256.of(name)).substring(0, 16);
	}

}
