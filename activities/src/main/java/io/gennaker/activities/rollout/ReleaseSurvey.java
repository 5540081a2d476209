package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.activities.rollout.ownership.LiveObject;
import io.gennaker.activities.rollout.ownership.ReleaseRecord;
import io.gennaker.activities.rollout.ownership.ReleaseRecord.Sought;
import io.gennaker.workflows.rollout.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * What of a release is in its cluster: found by its labels, over the kinds that it ever
 * had by its own record.
 */
final class ReleaseSurvey {

	private static final int FORBIDDEN = 403;

	/** The kinds of charts, by group, where a release has no record yet. */
	private static final Map<String, List<String>> USUAL = Map.of("",
			List.of("ConfigMap", "Secret", "Service", "ServiceAccount", "PersistentVolumeClaim"), "apps",
			List.of("Deployment", "StatefulSet", "DaemonSet"), "batch", List.of("Job", "CronJob"), "networking.k8s.io",
			List.of("Ingress", "NetworkPolicy"), "rbac.authorization.k8s.io",
			List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"), "autoscaling",
			List.of("HorizontalPodAutoscaler"), "policy", List.of("PodDisruptionBudget"));

	private final ApiServer server;

	private final ApiKinds kinds;

	private final ReleaseIdentity release;

	private final Optional<ReleaseRecord> record;

	private final Map<LiveObject.Key, LiveObject> own = new LinkedHashMap<>();

	private final Map<LiveObject.Key, Optional<Manifest>> others = new HashMap<>();

	private ReleaseSurvey(ApiServer server, ApiKinds kinds, ReleaseIdentity release, Optional<ReleaseRecord> record) {
		this.server = server;
		this.kinds = kinds;
		this.release = release;
		this.record = record;
	}

	/**
	 * Looks at a cluster.
	 * @param layout what is to be there
	 * @throws ApiRefusal if the cluster does not let Gennaker look
	 */
	static ReleaseSurvey of(ApiServer server, ApiKinds kinds, ReleaseIdentity release, ReleaseLayout layout) {
		Optional<ReleaseRecord> record = new ReleaseRecords(server, release).read();
		ReleaseSurvey survey = new ReleaseSurvey(server, kinds, release, record);
		ReleaseRecord now = ReleaseRecord.of(layout);
		record.map((earlier) -> earlier.and(now)).orElse(now).sought().forEach(survey::look);
		if (record.isEmpty()) {
			USUAL.forEach((group, names) -> names.forEach((kind) -> survey.lookForUsual(group, kind)));
		}
		return survey;
	}

	/**
	 * All that carries the release's labels.
	 */
	List<LiveObject> own() {
		return new ArrayList<>(this.own.values());
	}

	/**
	 * The metadata of what is there in an object's place; null where nothing is.
	 */
	@Nullable Manifest metadata(PlacedObject object) {
		LiveObject known = this.own.get(LiveObject.Key.of(object));
		return (known != null) ? known.metadata()
				: this.others
					.computeIfAbsent(LiveObject.Key.of(object),
							(_) -> this.server.metadata(object.kind(), object.manifest()))
					.orElse(null);
	}

	/**
	 * What a rollout forth is to the chart's hooks.
	 */
	Occasion occasion(ReleaseLayout layout) {
		if (this.record.isPresent()) {
			return this.record.get().installed() ? Occasion.UPGRADE : Occasion.INSTALL;
		}
		boolean there = !this.own.isEmpty() || layout.objects()
			.stream()
			.filter((object) -> object.role() instanceof PlacedObject.Role.Member
					&& !Marks.isShared(object.kind().kind()))
			.anyMatch((object) -> metadata(object) != null);
		return there ? Occasion.UPGRADE : Occasion.INSTALL;
	}

	private void look(Sought sought) {
		try {
			this.kinds.find(this.server, sought.group(), sought.version(), sought.kind())
				.ifPresent((kind) -> look(kind, sought.namespaces()));
		}
		catch (ApiRefusal ex) {
			throw new ApiRefusal(ex.code(), "Gennaker must see what the release has left: " + ex.words()
					+ ". Let it get and list " + sought.kind() + " objects");
		}
	}

	/**
	 * Kinds that the release perhaps never had are no reason to ask for more rights.
	 */
	private void lookForUsual(String group, String name) {
		try {
			this.kinds.find(this.server, group, "v1", name)
				.ifPresent((kind) -> look(kind, Set.of(this.release.namespace())));
		}
		catch (ApiRefusal ex) {
			if (ex.code() != FORBIDDEN) {
				throw ex;
			}
		}
	}

	private void look(ApiKind kind, Set<String> namespaces) {
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put(Marks.RELEASE, Marks.labelValue(this.release.release()));
		labels.put(Marks.NAMESPACE, Marks.labelValue(this.release.namespace()));
		labels.put(Marks.PIPELINE, Marks.labelValue(this.release.pipeline()));
		for (String namespace : kind.namespaced() ? namespaces : Set.of("")) {
			this.server.metadata(kind, namespace, labels)
				.stream()
				.map((metadata) -> new LiveObject(kind, metadata))
				.forEach((object) -> this.own.put(object.key(), object));
		}
	}

}
