package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.activities.rollout.manifest.Hook;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
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
	 * What a release would change. Takes two requests for each object.
	 * @param cluster the cluster's name
	 * @param namespace the release's namespace
	 * @param release the release's name
	 * @param manifests a YAML stream
	 * @throws PreviewUnavailableException if it cannot be told
	 */
	public ReleasePreview preview(String cluster, String namespace, String release, String manifests) {
		try {
			ApiServer server = ApiServer.of(cluster, this.clusters);
			ReleaseIdentity identity = new ReleaseIdentity(namespace, release, "preview", "preview", "preview");
			LoadedRelease loaded = LoadedRelease.load(manifests, identity, List.of(), server, this.kinds);
			return new ReleasePreview(cluster, new Preview(server, loaded).changes());
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

		private final LoadedRelease release;

		private final List<Answer> answers = new ArrayList<>();

		Preview(ApiServer server, LoadedRelease release) {
			this.server = server;
			this.release = release;
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
			ObjectDiffs diffs = new ObjectDiffs(new SecretMask(secrets));
			return this.answers.stream().map((answer) -> answer.change(diffs)).toList();
		}

		private Answer ask(PlacedObject object) {
			return switch (object.role()) {
				case PlacedObject.Role.HookRun(Hook hook) ->
					new Answer(object, Change.RUN, null, null, hook.moment().title() + " hook");
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
				Optional<Map<String, Object>> found = this.server.get(object.kind(), object.manifest());
				live = found.orElse(null);
				Map<String, Object> after = this.server.apply(object.kind(), ObjectApplication.content(object, live),
						true);
				Manifest was = (live != null) ? ObjectTrees.substance(live) : null;
				Manifest becomes = ObjectTrees.substance(after);
				Change change = (was == null) ? Change.CREATE : was.equals(becomes) ? Change.UNCHANGED : Change.UPDATE;
				return new Answer(object, change, was, becomes, "");
			}
			catch (ApiRefusal ex) {
				if (ex.code() == 404 && live == null && comesWithTheRelease(object)) {
					return new Answer(object, Change.CREATE, null, ObjectTrees.substance(object.manifest().content()),
							"");
				}
				return new Answer(object, Change.REFUSED, (live != null) ? ObjectTrees.substance(live) : null, null,
						ex.words());
			}
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
