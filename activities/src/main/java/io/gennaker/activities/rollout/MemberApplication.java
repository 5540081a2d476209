package io.gennaker.activities.rollout;

import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.rollout.ApiServer.Write;
import io.gennaker.activities.rollout.RolloutProgress.ObjectState;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.ownership.FieldManagers;
import io.gennaker.activities.rollout.ownership.Owner;
import io.gennaker.pipelines.model.Applying;
import org.jspecify.annotations.Nullable;

/**
 * Applies the release's own objects: takes over what others left where it may, and makes
 * anew what cannot be changed where it may.
 */
final class MemberApplication {

	private final ApiServer server;

	private static final int CONFLICT = 409;

	private final OwnershipCheck ownership;

	private final Applying applying;

	private final ObjectWait wait;

	private final ImmutableFields immutable;

	MemberApplication(ApiServer server, ReleaseIdentity release, Applying applying, ObjectWait wait) {
		this.server = server;
		this.ownership = new OwnershipCheck(release, applying.adopt());
		this.applying = applying;
		this.wait = wait;
		this.immutable = new ImmutableFields(applying);
	}

	/**
	 * Applies an object.
	 * @return {@link ObjectState#APPLIED}, or {@link ObjectState#UNCHANGED} where it was
	 * so already
	 * @throws ApiRefusal if it is not the release's to change, or the API server refuses
	 * it
	 */
	ObjectState apply(PlacedObject object) {
		Map<String, Object> found = live(object);
		Map<String, Object> before = (found != null) ? owned(object, new Manifest(found)) : null;
		Map<String, Object> after;
		try {
			after = write(this.server, object, before, new Write(false, this.applying.forceConflicts()));
		}
		catch (ApiRefusal ex) {
			if (before == null || !ImmutableFields.causes(ex)) {
				throw ex;
			}
			if (!this.immutable.allowsToRecreate(object)) {
				throw ImmutableFields.explained(object, ex);
			}
			recreate(object, new Manifest(before));
			return ObjectState.APPLIED;
		}
		boolean same = found != null && ObjectTrees.substance(found).equals(ObjectTrees.substance(after));
		return same ? ObjectState.UNCHANGED : ObjectState.APPLIED;
	}

	/**
	 * An object that is being deleted would take what is applied to it with it.
	 */
	private @Nullable Map<String, Object> live(PlacedObject object) {
		Optional<Map<String, Object>> live = this.server.get(object.kind(), object.manifest());
		if (live.isEmpty()) {
			return null;
		}
		Manifest found = new Manifest(live.get());
		if (found.text("metadata", "deletionTimestamp").isEmpty()) {
			return live.get();
		}
		awaitGone(object, found);
		return this.server.get(object.kind(), object.manifest()).orElse(null);
	}

	/**
	 * The object as the release may change it. Since it was planned, it may have become
	 * another's.
	 */
	private Map<String, Object> owned(PlacedObject object, Manifest live) {
		Owner obstacle = this.ownership.obstacle(object, live);
		if (obstacle != null) {
			throw new ApiRefusal(CONFLICT, OwnershipCheck.words(obstacle));
		}
		return (this.ownership.former(live) != null)
				? this.server.patch(object.kind(), object.manifest(), FieldManagers.takeOver(live)) : live.content();
	}

	/**
	 * Writes an object as its annotations want it.
	 * @param live the object as it is; null where there is none
	 * @return the object as it is then
	 */
	static Map<String, Object> write(ApiServer server, PlacedObject object, @Nullable Map<String, Object> live,
			Write write) {
		String how = object.manifest().annotation("gennaker.io/apply");
		return switch (how) {
			case "" -> server.apply(object.kind(), ObjectApplication.content(object, live), write);
			case "replace" -> (live != null) ? server.replace(object.kind(), replacement(object, live), write)
					: server.create(object.kind(), object.manifest(), write);
			default ->
				throw new ApiRefusal(400, "the annotation gennaker.io/apply may be \"replace\", not \"" + how + "\"");
		};
	}

	private static Manifest replacement(PlacedObject object, Map<String, Object> live) {
		Manifest now = new Manifest(live);
		Manifest whole = object.manifest().with(now.text("metadata", "resourceVersion"), "metadata", "resourceVersion");
		Object replicas = now.at("spec", "replicas");
		return (object.autoscaled() && replicas != null) ? whole.with(replicas, "spec", "replicas") : whole;
	}

	private void recreate(PlacedObject object, Manifest live) {
		this.server.delete(object.kind(), object.manifest(), ImmutableFields.propagation(object, live),
				live.text("metadata", "uid"));
		awaitGone(object, live);
		write(this.server, object, null, new Write(false, this.applying.forceConflicts()));
	}

	private void awaitGone(PlacedObject object, Manifest live) {
		String uid = live.text("metadata", "uid");
		this.wait.until(object.kind(), object.namespace(), object.manifest().name(),
				(now) -> now == null || !uid.equals(now.getMetadata().getUid()),
				object.title() + " to be gone before it is made anew");
	}

}
