package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a bake's chart comes from, or what stands in its place. Every text may hold
 * expressions.
 */
public sealed interface ChartSource {

	/**
	 * A chart folder or {@code .tgz} among the files of the pipeline's revision.
	 *
	 * @param path relative to the pipeline's folder
	 * @param version what the chart's own version must be
	 */
	record Path(String path, @Nullable String version) implements ChartSource {
	}

	/**
	 * Plain manifests instead of a chart: every {@code .yaml}, {@code .yml} and
	 * {@code .json} of a folder of the pipeline's revision, taken as it is.
	 *
	 * @param path relative to the pipeline's folder
	 */
	record Manifests(String path) implements ChartSource {
	}

	/**
	 * A chart in an OCI registry. Either a version or a digest says which.
	 *
	 * @param oci registry and repository, such as
	 * {@code registry.example.com/charts/classroom}, perhaps after {@code oci://}
	 * @param version a version or a range of versions, which are tags there
	 * @param digest the manifest's {@code sha256:…}
	 */
	record Oci(String oci, @Nullable String version, @Nullable String digest) implements ChartSource {
	}

	/**
	 * A chart of a repository with an {@code index.yaml}.
	 *
	 * @param repository where the index lies
	 * @param name the chart's name
	 * @param version a version or a range of versions
	 */
	record Repository(String repository, String name, String version) implements ChartSource {
	}

	/**
	 * A chart in a Git repository.
	 *
	 * @param git the repository's URL
	 * @param ref a tag, a branch or the 40 digits of a commit
	 * @param path a chart folder or {@code .tgz} there; empty for the repository itself
	 */
	record Git(String git, String ref, String path) implements ChartSource {
	}

}
