package io.gennaker.web.sandbox.apiserver;

import java.util.Comparator;

/**
 * What names an object in a cluster.
 *
 * @param namespace empty for an object of the cluster itself
 */
public record ObjectKey(ResourceType type, String namespace, String name) implements Comparable<ObjectKey> {

	private static final Comparator<ObjectKey> ORDER = Comparator
		.comparing((ObjectKey key) -> key.type().qualifiedName())
		.thenComparing(ObjectKey::namespace)
		.thenComparing(ObjectKey::name);

	@Override
	public int compareTo(ObjectKey other) {
		return ORDER.compare(this, other);
	}

}
