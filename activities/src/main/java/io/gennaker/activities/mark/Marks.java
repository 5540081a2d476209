package io.gennaker.activities.mark;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The labels and annotations that bakes write and rollouts read. They never stand in pod
 * templates or selectors.
 */
public final class Marks {

	/** The label that names the release. */
	public static final String RELEASE = "gennaker.io/release";

	/** The label that names the release's namespace. */
	public static final String NAMESPACE = "gennaker.io/release-namespace";

	/** The label that names the pipeline. */
	public static final String PIPELINE = "gennaker.io/pipeline";

	/** The label by which the versions of one ConfigMap or Secret are found. */
	public static final String VERSION_OF = "gennaker.io/version-of";

	/** The annotation that says how many versions stay in the cluster. */
	public static final String KEEP_VERSIONS = "gennaker.io/keep-versions";

	/** The annotation with a versioned object's name without the hash. */
	public static final String ORIGINAL_NAME = "gennaker.io/original-name";

	/** Several releases share these, and deleting one deletes others' objects with it. */
	private static final Set<String> SHARED = Set.of("CustomResourceDefinition", "Namespace");

	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

	private static final int KEPT = 50;

	private Marks() {
	}

	/**
	 * Whether several releases may bring one and the same object of a kind.
	 */
	public static boolean isShared(String kind) {
		return SHARED.contains(kind);
	}

	/**
	 * A text as a label's value: the text itself where that is one, else its beginning
	 * and a hash of the whole.
	 */
	public static String labelValue(String text) {
		if (LABEL.matcher(text).matches()) {
			return text;
		}
		String plain = text.replaceAll("[^A-Za-z0-9-]+", "-").replaceAll("^-+", "");
		return plain.substring(0, Math.min(KEPT, plain.length())) + (plain.isEmpty() ? "" : "-")
				+ ShortHash.of(text.getBytes(StandardCharsets.UTF_8));
	}

}
