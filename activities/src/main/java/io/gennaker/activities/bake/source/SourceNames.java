package io.gennaker.activities.bake.source;

import io.gennaker.pipelines.model.ChartSource;

/**
 * What people and the cache call a source.
 */
final class SourceNames {

	private SourceNames() {
	}

	/**
	 * What people call it, without what looks like a password in an address.
	 */
	static String of(ChartSource source) {
		return name(source).replaceAll("://[^/@\\s]*@", "://…@");
	}

	private static String name(ChartSource source) {
		return switch (source) {
			case ChartSource.Path(String path, String _) -> path;
			case ChartSource.Manifests(String path) -> path;
			case ChartSource.Oci(String oci, String _, String _) -> oci.startsWith("oci://") ? oci : "oci://" + oci;
			case ChartSource.Repository(String repository, String name, String _) ->
				"chart " + name + " of " + repository;
			case ChartSource.Git(String git, String _, String path) ->
				(path.isEmpty() ? "the chart" : "chart " + path) + " of " + git;
		};
	}

	/**
	 * What the pipeline asks of it.
	 */
	static String requested(ChartSource source) {
		return switch (source) {
			case ChartSource.Path(String _, String version) -> (version != null) ? version : "";
			case ChartSource.Manifests _ -> "";
			case ChartSource.Oci(String _, String version, String digest) ->
				(digest != null) ? digest : (version != null) ? version : "";
			case ChartSource.Repository(String _, String _, String version) -> version;
			case ChartSource.Git(String _, String ref, String _) -> ref;
		};
	}

	/**
	 * A text as the name of a file.
	 */
	static String file(String text) {
		String plain = text.replaceAll("[^A-Za-z0-9.+-]+", "_");
		return plain.matches("\\.*") ? "chart" : plain;
	}

}
