package io.gennaker.activities.bake.manifest;

/**
 * How large one cluster's manifests may be.
 *
 * @param characters of all documents together
 * @param documents how many
 * @param depth how deep a document may nest
 * @param aliases how many YAML aliases a document may hold
 */
public record ManifestLimits(int characters, int documents, int depth, int aliases) {

	public ManifestLimits {
		if (characters < 1 || documents < 1 || depth < 1 || aliases < 0) {
			throw new IllegalArgumentException("the limits of manifests must be at least 1, not " + characters
					+ " characters, " + documents + " documents, depth " + depth + ", " + aliases + " aliases");
		}
	}

	/**
	 * 16 Mi characters in 5,000 documents, 100 deep, with 200 aliases each.
	 */
	public static ManifestLimits defaults() {
		return new ManifestLimits(16 * 1024 * 1024, 5000, 100, 200);
	}

}
