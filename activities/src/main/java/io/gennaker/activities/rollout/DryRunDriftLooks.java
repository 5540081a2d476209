package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.rollout.DriftLook.Difference;
import io.gennaker.activities.rollout.DriftLook.DriftedObject;
import io.gennaker.activities.rollout.DriftLook.State;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.workflows.rollout.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * Compares by server-side dry run: the API server says what each object would be if it
 * were applied again. What others added to an object, what the server fills in, and
 * replicas that an autoscaler owns are so no differences; fields that others took over
 * are. Nothing is changed.
 */
public final class DryRunDriftLooks implements DriftLooks {

	private static final int MOST_FIELDS = 20;

	private static final int IMMUTABLE = 422;

	/** Whoever owns a field now: that it differs is what is asked. */
	private static final ApiServer.Write ANYWAY = new ApiServer.Write(true, true);

	private final ClusterClients clusters;

	private final ApiKinds kinds = new ApiKinds();

	public DryRunDriftLooks(ClusterClients clusters) {
		this.clusters = clusters;
	}

	@Override
	public DriftLook look(String cluster, String namespace, String release, String manifests) {
		try {
			ApiServer server = ApiServer.of(cluster, this.clusters);
			ReleaseIdentity identity = new ReleaseIdentity(namespace, release, "drift", "drift", "drift");
			LoadedRelease loaded = LoadedRelease.load(manifests, identity, List.of(), Occasion.UPGRADE, server,
					this.kinds);
			return new Look(server).over(loaded.layout().objects());
		}
		catch (ApiRefusal | ApiOutage | ManifestException | IllegalArgumentException ex) {
			return DriftLook.unknown(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * One look in the making.
	 */
	private static final class Look {

		private final ApiServer server;

		private final List<Answer> answers = new ArrayList<>();

		private final List<Manifest> secrets = new ArrayList<>();

		private final List<String> refusals = new ArrayList<>();

		Look(ApiServer server) {
			this.server = server;
		}

		DriftLook over(List<PlacedObject> objects) {
			for (PlacedObject object : objects) {
				this.secrets.add(object.manifest());
				switch (object.role()) {
					case PlacedObject.Role.HookRun _ -> {
					}
					case PlacedObject.Role.ReleaseNamespace() -> askForNamespace(object);
					case PlacedObject.Role.Member() -> {
						if (!ReleaseIdentity.isNamedByExecution(object.manifest())) {
							askForMember(object);
						}
					}
				}
			}
			ObjectDiffs diffs = new ObjectDiffs(new SecretMask(this.secrets));
			String message = diffs.mask(String.join("\n", this.refusals));
			if (this.answers.isEmpty()) {
				return message.isEmpty() ? new DriftLook(State.IN_SYNC, List.of(), "", "") : DriftLook.unknown(message);
			}
			return new DriftLook(State.DRIFTED, this.answers.stream().map((answer) -> answer.told(diffs)).toList(),
					Sha256.of(String.join("\n", this.answers.stream().map(Answer::fingerprint).toList())), message);
		}

		private void askForNamespace(PlacedObject object) {
			try {
				if (this.server.get(object.kind(), object.manifest()).isEmpty()) {
					this.answers.add(new Answer(object, Difference.MISSING, null, object.manifest(), ""));
				}
			}
			catch (ApiRefusal ex) {
				// namespaces are often no business of the account; its objects tell
			}
		}

		private void askForMember(PlacedObject object) {
			Map<String, Object> live = null;
			try {
				Optional<Map<String, Object>> found = this.server.get(object.kind(), object.manifest());
				live = found.orElse(null);
				if (live == null) {
					missing(object);
					return;
				}
				Manifest was = ObjectTrees.substance(live);
				this.secrets.add(was);
				Manifest becomes = ObjectTrees
					.substance(this.server.apply(object.kind(), ObjectApplication.content(object, live), ANYWAY));
				if (!was.equals(becomes)) {
					this.answers.add(new Answer(object, Difference.CHANGED, was, becomes, ""));
				}
			}
			catch (ApiRefusal ex) {
				if (ex.code() == IMMUTABLE && live != null) {
					this.answers
						.add(new Answer(object, Difference.REFUSED, ObjectTrees.substance(live), null, ex.words()));
				}
				else {
					this.refusals.add(object.title() + " cannot be compared: " + ex.words());
				}
			}
		}

		/**
		 * A Job that the cluster clears away once it has ended is not missed.
		 */
		private void missing(PlacedObject object) {
			Manifest manifest = object.manifest();
			if (!manifest.kind().equals("Job") || manifest.at("spec", "ttlSecondsAfterFinished") == null) {
				this.answers.add(new Answer(object, Difference.MISSING, null, manifest, ""));
			}
		}

	}

	private record Answer(PlacedObject object, Difference difference, @Nullable Manifest was,
			@Nullable Manifest becomes, String message) {

		private Map<String, @Nullable Object> fields() {
			return (this.was != null && this.becomes != null)
					? ChangedFields.between(this.was.content(), this.becomes.content()) : Map.of();
		}

		/**
		 * What tells this difference from another: the object, and what the cluster has
		 * instead.
		 */
		String fingerprint() {
			return Sha256.of(this.object.kind() + " " + this.object.namespace() + " " + this.object.manifest().name()
					+ " " + this.difference + " " + fields() + " " + this.message);
		}

		DriftedObject told(ObjectDiffs diffs) {
			ObjectDiffs.Diff diff = (this.becomes != null) ? diffs.between(this.was, this.becomes)
					: new ObjectDiffs.Diff("", false);
			return new DriftedObject(this.object.kind().kind(), this.object.namespace(), this.object.manifest().name(),
					this.object.manifest().component(), this.difference,
					fields().keySet().stream().limit(MOST_FIELDS).toList(), diff.text(), diff.shortened(),
					diffs.mask(this.message));
		}

	}

}
