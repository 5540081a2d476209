package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.activities.rollout.ApiServer.Write;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.ownership.LiveObject;
import io.gennaker.activities.rollout.ownership.Owner;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.workflows.rollout.ObsoleteObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks clusters what a release would change, by server-side dry run: defaults, admission
 * and conflicts included. Nothing is changed.
 */
public final class ReleasePreviews {

	private final ClusterClients clusters;

	private final ApiKinds kinds = new ApiKinds();

	public ReleasePreviews(ClusterClients clusters) {
		this.clusters = clusters;
	}

	/**
	 * What a release would change. Takes two requests for each object, and some to find
	 * what the release no longer has.
	 * @throws PreviewUnavailableException if it cannot be told
	 */
	public ReleasePreview preview(PreviewRequest request) {
		try {
			ApiServer server = ApiServer.of(request.cluster(), this.clusters);
			ReleaseIdentity identity = new ReleaseIdentity(request.namespace(), request.release(), request.pipeline(),
					"preview", "preview");
			ReleasePlanning planned = ReleasePlanning.of(server, this.kinds, identity, request.manifests(),
					request.order(), false, request.applying());
			return new ReleasePreview(request.cluster(), new Preview(server, planned, request.applying()).changes());
		}
		catch (ApiRefusal | ApiOutage | ManifestException | IllegalArgumentException ex) {
			throw new PreviewUnavailableException(ex);
		}
	}

	/**
	 * One preview in the making.
	 */
	private static final class Preview {

		private final ApiServer server;

		private final ReleasePlanning planned;

		private final LoadedRelease release;

		private final Applying applying;

		private final List<Answer> answers = new ArrayList<>();

		Preview(ApiServer server, ReleasePlanning planned, Applying applying) {
			this.server = server;
			this.planned = planned;
			this.release = planned.release();
			this.applying = applying;
		}

		List<ObjectChange> changes() {
			List<Manifest> secrets = new ArrayList<>();
			for (PlacedObject object : this.release.layout().objects()) {
				Answer answer = ask(object);
				this.answers.add(answer);
				secrets.add(object.manifest());
				if (answer.before() != null) {
					secrets.add(answer.before());
				}
			}
			List<Manifest> obsolete = obsolete();
			secrets.addAll(obsolete);
			ObjectDiffs diffs = new ObjectDiffs(new SecretMask(secrets));
			List<ObjectChange> changes = new ArrayList<>();
			this.answers.forEach((answer) -> changes.add(answer.change(diffs)));
			obsolete.forEach((object) -> changes.add(gone(object, diffs)));
			return changes;
		}

		private List<Manifest> obsolete() {
			Map<LiveObject.Key, LiveObject> own = new HashMap<>();
			this.planned.survey().own().forEach((object) -> own.put(object.key(), object));
			List<Manifest> obsolete = new ArrayList<>();
			for (ObsoleteObject object : this.planned.obsolete()) {
				own.values()
					.stream()
					.filter((live) -> live.metadata().text("metadata", "uid").equals(object.uid()))
					.flatMap((live) -> this.server.get(live.kind(), live.metadata()).stream())
					.forEach((content) -> obsolete.add(ObjectTrees.substance(content)));
			}
			return obsolete;
		}

		private static ObjectChange gone(Manifest object, ObjectDiffs diffs) {
			ObjectDiffs.Diff diff = diffs.gone(object);
			return new ObjectChange(object.kind(), object.namespace(), object.name(), object.component(), Change.DELETE,
					diff.text(), diff.shortened(), "");
		}

		private Answer ask(PlacedObject object) {
			Owner obstacle = this.planned.ownership().obstacle(object, this.planned.survey().metadata(object));
			if (obstacle != null) {
				return new Answer(object, Change.REFUSED, null, null, OwnershipCheck.words(obstacle));
			}
			return switch (object.role()) {
				case PlacedObject.Role.HookRun(Hook hook) ->
					new Answer(object, Change.RUN, null, null, hook.title() + " hook");
				case PlacedObject.Role.ReleaseNamespace() -> askForNamespace(object);
				case PlacedObject.Role.Member() -> askForMember(object);
			};
		}

		private Answer askForNamespace(PlacedObject object) {
			try {
				boolean there = this.server.get(object.kind(), object.manifest()).isPresent();
				return new Answer(object, there ? Change.UNCHANGED : Change.CREATE, null,
						there ? null : object.manifest(), "");
			}
			catch (ApiRefusal ex) {
				return new Answer(object, Change.UNCHANGED, null, null, "");
			}
		}

		private Answer askForMember(PlacedObject object) {
			Map<String, Object> live = null;
			try {
				live = this.server.get(object.kind(), object.manifest()).orElse(null);
				Owner former = (live != null) ? this.planned.ownership().former(new Manifest(live)) : null;
				// what a former owner's fields are is not known before it has given them
				// up
				boolean force = former != null || this.applying.forceConflicts();
				Map<String, Object> after = MemberApplication.write(this.server, object, live, new Write(true, force));
				Manifest was = (live != null) ? ObjectTrees.substance(live) : null;
				Manifest becomes = ObjectTrees.substance(after);
				if (former != null) {
					return new Answer(object, Change.ADOPT, was, becomes,
							OwnershipCheck.owner(former) + "; fields that only it has set go");
				}
				Change change = (was == null) ? Change.CREATE : was.equals(becomes) ? Change.UNCHANGED : Change.UPDATE;
				return new Answer(object, change, was, becomes, "");
			}
			catch (ApiRefusal ex) {
				return refused(object, (live != null) ? ObjectTrees.substance(live) : null, ex);
			}
		}

		private Answer refused(PlacedObject object, @Nullable Manifest was, ApiRefusal refusal) {
			Manifest wanted = ObjectTrees.substance(object.manifest().content());
			if (refusal.code() == 404 && was == null && comesWithTheRelease(object)) {
				return new Answer(object, Change.CREATE, null, wanted, "");
			}
			if (was == null || !ImmutableFields.causes(refusal)) {
				return new Answer(object, Change.REFUSED, was, null, refusal.words());
			}
			if (new ImmutableFields(this.applying).allowsToRecreate(object)) {
				return new Answer(object, Change.RECREATE, was, wanted, refusal.words());
			}
			return new Answer(object, Change.REFUSED, was, null, ImmutableFields.explained(object, refusal).words());
		}

		/**
		 * Whether an object lacks what the release itself brings before it: its namespace
		 * or its definition. A dry run cannot see those.
		 */
		private boolean comesWithTheRelease(PlacedObject object) {
			boolean declared = this.release.declared().find(object.manifest()).isPresent();
			return declared || this.answers.stream()
				.anyMatch((answer) -> answer.change() == Change.CREATE
						&& answer.object().kind().kind().equals("Namespace")
						&& answer.object().manifest().name().equals(object.namespace()));
		}

	}

	private record Answer(PlacedObject object, Change change, @Nullable Manifest before, @Nullable Manifest after,
			String message) {

		ObjectChange change(ObjectDiffs diffs) {
			ObjectDiffs.Diff diff = (this.after != null && this.change != Change.UNCHANGED)
					? diffs.between(this.before, this.after) : new ObjectDiffs.Diff("", false);
			return new ObjectChange(this.object.kind().kind(), this.object.namespace(), this.object.manifest().name(),
					this.object.manifest().component(), this.change, diff.text(), diff.shortened(),
					diffs.mask(this.message));
		}

	}

}
