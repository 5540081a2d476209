package io.gennaker.activities.rollout.ownership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.manifest.ComponentOrder;
import io.gennaker.activities.rollout.manifest.KindOrder;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.workflows.rollout.ObsoleteObject;

/**
 * Finds what an earlier release has left and this one no longer has, in the order in
 * which it goes: what depends on others before them.
 */
public final class ObsoleteObjects {

	/** The annotation that keeps an object. */
	public static final String PRUNE = "gennaker.io/prune";

	/** More than that is no change of a release but a mistake. */
	private static final int MOST = 1000;

	private final ReleaseIdentity release;

	private final ReleaseLayout layout;

	private final ComponentOrder order;

	/**
	 * Finds what a release no longer has.
	 * @param layout what it has
	 * @param order the order of its components forth
	 */
	public ObsoleteObjects(ReleaseIdentity release, ReleaseLayout layout, ComponentOrder order) {
		this.release = release;
		this.layout = layout;
		this.order = order;
	}

	/**
	 * Those of a cluster's objects that go.
	 * @param live what carries the release's labels
	 * @throws ManifestException if they are so many that it must be a mistake
	 */
	public List<ObsoleteObject> of(List<LiveObject> live) {
		Set<LiveObject.Key> wanted = new HashSet<>();
		this.layout.objects().forEach((object) -> wanted.add(LiveObject.Key.of(object)));
		Set<LiveObject.Key> versions = keptVersions(live, wanted);
		List<LiveObject> obsolete = live.stream()
			.filter((object) -> !wanted.contains(object.key()) && !versions.contains(object.key())
					&& mayGo(object.metadata(), this.release))
			.sorted(deletion())
			.toList();
		if (obsolete.size() > MOST) {
			throw new ManifestException("The release no longer has " + obsolete.size()
					+ " objects that carry its labels, which is more than are deleted at once (" + MOST
					+ "). Delete them by hand, or say prune: false on the stage");
		}
		List<ObsoleteObject> numbered = new ArrayList<>();
		int first = this.layout.objects().size();
		for (LiveObject object : obsolete) {
			Manifest metadata = object.metadata();
			numbered.add(new ObsoleteObject(first + numbered.size(), object.kind().apiVersion(), object.kind().kind(),
					object.key().namespace(), metadata.name(), metadata.component(), metadata.text("metadata", "uid")));
		}
		return numbered;
	}

	/**
	 * Whether an object is such that its release may delete it: its own, written by
	 * Gennaker and made by no controller, not protected, and nothing that takes others'
	 * data with it.
	 */
	public static boolean mayGo(Manifest live, ReleaseIdentity release) {
		boolean applied = FieldManagers.applies(live) && live.maps("metadata", "ownerReferences").isEmpty();
		return applied && Owner.of(live, release) instanceof Owner.Ours && isMarked(live) && !isProtected(live)
				&& live.annotation("helm.sh/hook").isEmpty() && live.text("metadata", "deletionTimestamp").isEmpty();
	}

	private static boolean isMarked(Manifest live) {
		return !live.text("metadata", "labels", Marks.RELEASE).isEmpty();
	}

	private static boolean isProtected(Manifest live) {
		return live.annotation(PRUNE).equals("false") || live.annotation("helm.sh/resource-policy").contains("keep");
	}

	/**
	 * The versions of ConfigMaps and Secrets that stay beside the one that is used: as
	 * long as the release has one of them at all.
	 */
	private Set<LiveObject.Key> keptVersions(List<LiveObject> live, Set<LiveObject.Key> wanted) {
		Map<Family, Integer> limits = new HashMap<>();
		Map<Family, Integer> used = new HashMap<>();
		this.layout.objects().forEach((object) -> {
			Manifest manifest = object.manifest();
			String of = manifest.text("metadata", "labels", Marks.VERSION_OF);
			if (!of.isEmpty()) {
				Family family = new Family(object.kind().kind(), object.namespace(), of);
				limits.put(family, limit(manifest));
				used.merge(family, 1, Integer::sum);
			}
		});
		Set<LiveObject.Key> kept = new HashSet<>();
		live.stream()
			.filter((object) -> !wanted.contains(object.key()))
			.sorted(Comparator.comparing((LiveObject object) -> object.metadata().text("metadata", "creationTimestamp"))
				.reversed())
			.forEach((object) -> {
				Family family = new Family(object.kind().kind(), object.key().namespace(),
						object.metadata().text("metadata", "labels", Marks.VERSION_OF));
				Integer limit = limits.get(family);
				if (limit != null && used.getOrDefault(family, 0) < limit) {
					used.merge(family, 1, Integer::sum);
					kept.add(object.key());
				}
			});
		return kept;
	}

	/**
	 * How many versions stay; one that says nothing readable keeps only itself.
	 */
	private static int limit(Manifest version) {
		String limit = version.annotation(Marks.KEEP_VERSIONS);
		return limit.matches("[0-9]{1,6}") ? Integer.parseInt(limit) : 1;
	}

	private Comparator<LiveObject> deletion() {
		return Comparator.comparingInt((LiveObject object) -> this.order.rank(object.metadata()))
			.thenComparingInt((object) -> KindOrder.rank(object.kind().kind()))
			.reversed()
			.thenComparing((object) -> object.key().namespace())
			.thenComparing((object) -> object.metadata().name());
	}

	/**
	 * What versions belong to.
	 */
	private record Family(String kind, String namespace, String versionOf) {
	}

}
