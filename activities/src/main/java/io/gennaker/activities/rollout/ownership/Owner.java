package io.gennaker.activities.rollout.ownership;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;

/**
 * Whose an object of a cluster is, as a release sees it. Labels and annotations of
 * Gennaker say it; where there are none, its fields' managers do.
 */
public sealed interface Owner {

	/**
	 * The release's own.
	 */
	record Ours() implements Owner {
	}

	/**
	 * Nobody's in particular: a kind that several releases may bring, or what every
	 * namespace has by itself.
	 */
	record Shared() implements Owner {
	}

	/**
	 * Another release's, from which nothing is ever taken.
	 *
	 * @param words whose, for people
	 */
	record OtherRelease(String words) implements Owner {
	}

	/**
	 * Helm's, kubectl's or somebody else's, from whom it may be taken over.
	 *
	 * @param words whose, for people
	 */
	record Foreign(String words) implements Owner {
	}

	/**
	 * The owner of an object.
	 * @param live the object, or its metadata with {@code kind}
	 * @param release who asks
	 */
	static Owner of(Manifest live, ReleaseIdentity release) {
		if (Marks.isShared(live.kind()) || isOfEveryNamespace(live)) {
			return new Shared();
		}
		if (!mark(live, Marks.RELEASE).isEmpty()) {
			boolean ours = names(live, Marks.RELEASE, release.release())
					&& names(live, Marks.NAMESPACE, release.namespace())
					&& names(live, Marks.PIPELINE, release.pipeline());
			return ours ? new Ours() : new OtherRelease(otherRelease(live));
		}
		if (FieldManagers.applies(live)) {
			return new Ours();
		}
		return new Foreign(foreign(live));
	}

	/**
	 * What the cluster makes in every namespace, and makes again when it is deleted.
	 */
	static boolean isOfEveryNamespace(Manifest live) {
		return (live.kind().equals("ServiceAccount") && live.name().equals("default"))
				|| (live.kind().equals("ConfigMap") && live.name().equals("kube-root-ca.crt"));
	}

	private static String mark(Manifest live, String key) {
		String label = live.text("metadata", "labels", key);
		return label.isEmpty() ? live.annotation(key) : label;
	}

	/**
	 * Whether a mark names something; one that is not there contradicts nothing.
	 */
	private static boolean names(Manifest live, String key, String name) {
		String label = live.text("metadata", "labels", key);
		if (!label.isEmpty()) {
			return label.equals(Marks.labelValue(name));
		}
		return live.annotation(key).isEmpty() || live.annotation(key).equals(name);
	}

	private static String otherRelease(Manifest live) {
		String namespace = mark(live, Marks.NAMESPACE);
		String pipeline = mark(live, Marks.PIPELINE);
		return "release " + mark(live, Marks.RELEASE) + (namespace.isEmpty() ? "" : " in namespace " + namespace)
				+ (pipeline.isEmpty() ? "" : " of pipeline " + pipeline);
	}

	private static String foreign(Manifest live) {
		String helm = live.annotation("meta.helm.sh/release-name");
		if (!helm.isEmpty()) {
			String namespace = live.annotation("meta.helm.sh/release-namespace");
			return "Helm release " + helm + (namespace.isEmpty() ? "" : " in namespace " + namespace);
		}
		List<Manifest> controllers = live.maps("metadata", "ownerReferences");
		if (!controllers.isEmpty()) {
			return controllers.getFirst().kind() + " " + controllers.getFirst().text("name") + ", which made it";
		}
		Set<String> managers = new TreeSet<>();
		FieldManagers.of(live).forEach((entry) -> managers.add(entry.text("manager")));
		boolean byHelm = live.text("metadata", "labels", "app.kubernetes.io/managed-by").equals("Helm");
		if (managers.isEmpty()) {
			return byHelm ? "Helm" : "somebody who left no name";
		}
		return (byHelm ? "Helm, changed by " : "") + String.join(", ", managers);
	}

}
