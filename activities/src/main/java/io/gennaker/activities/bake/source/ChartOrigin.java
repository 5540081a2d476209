package io.gennaker.activities.bake.source;

import java.util.List;

/**
 * Where a chart came from, so that the same can be fetched again.
 *
 * @param source as people know it, such as
 * {@code oci://registry.example.com/charts/classroom}
 * @param requested the version, range, digest or ref that the pipeline asked for; empty
 * where it asked for none
 * @param version the chart's version
 * @param pin what never changes: the digest of a manifest or an archive, or a commit;
 * empty for a chart of the revision
 * @param digest the SHA-256 of the chart's files, dependencies included
 * @param dependencies what was fetched besides
 */
public record ChartOrigin(String source, String requested, String version, String pin, String digest,
		List<Dependency> dependencies) {

	public ChartOrigin {
		dependencies = List.copyOf(dependencies);
	}

	/**
	 * A dependency that was not vendored.
	 *
	 * @param name the chart's name
	 * @param version the locked version
	 * @param repository as the lock has it
	 * @param pin the digest of its manifest or archive; empty for a chart of the same
	 * source
	 * @param digest the SHA-256 of its files
	 */
	public record Dependency(String name, String version, String repository, String pin, String digest) {
	}

}
