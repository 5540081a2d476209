package io.gennaker.activities.rollout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.DeclaredKinds;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;

/**
 * How clusters serve kinds, by their discovery documents. What was found is kept: whether
 * a kind is namespaced, and its plural, never change while it exists.
 */
final class ApiKinds {

	private final Map<List<String>, ApiKind> found = new ConcurrentHashMap<>();

	/**
	 * The kind of an object of a release.
	 * @param declared what the release brings itself
	 * @throws ManifestException if neither the cluster nor the release knows it
	 */
	ApiKind of(ApiServer server, Manifest manifest, DeclaredKinds declared) {
		Optional<ApiKind> own = declared.find(manifest);
		if (own.isPresent()) {
			return own.get();
		}
		return find(server, manifest).orElseThrow(() -> new ManifestException(
				"%s: cluster %s knows no %s of %s, and the release brings no CustomResourceDefinition for it. Install it first"
					.formatted(manifest.title(), server.cluster(), manifest.kind(), manifest.apiVersion())));
	}

	/**
	 * A kind of a group in its newest version, if the cluster serves the group at all.
	 * @param group empty for the core group
	 * @param version the version to try first
	 */
	Optional<ApiKind> find(ApiServer server, String group, String version, String kind) {
		Optional<ApiKind> found = find(server, manifest(group, version, kind));
		if (found.isPresent() || group.isEmpty()) {
			return found;
		}
		return server.get("discover " + group, "apis/" + group, Map.of())
			.map((body) -> new Manifest(server.map(body)).text("preferredVersion", "version"))
			.filter((preferred) -> !preferred.isEmpty() && !preferred.equals(version))
			.flatMap((preferred) -> find(server, manifest(group, preferred, kind)));
	}

	private static Manifest manifest(String group, String version, String kind) {
		return new Manifest(Map.of("apiVersion", group.isEmpty() ? version : group + "/" + version, "kind", kind));
	}

	private Optional<ApiKind> find(ApiServer server, Manifest manifest) {
		List<String> key = List.of(server.cluster(), manifest.apiVersion(), manifest.kind());
		ApiKind known = this.found.get(key);
		if (known != null) {
			return Optional.of(known);
		}
		String path = (manifest.group().isEmpty() ? "api/" : "apis/") + manifest.apiVersion();
		server.get("discover " + manifest.apiVersion(), path, Map.of())
			.ifPresent((body) -> keep(server, manifest, new Manifest(server.map(body))));
		return Optional.ofNullable(this.found.get(key));
	}

	private void keep(ApiServer server, Manifest asked, Manifest discovered) {
		for (Manifest resource : discovered.maps("resources")) {
			String plural = resource.text("name");
			if (!plural.contains("/")) {
				String kind = resource.text("kind");
				this.found.put(List.of(server.cluster(), asked.apiVersion(), kind), new ApiKind(asked.group(),
						asked.version(), kind, plural, resource.text("namespaced").equals("true")));
			}
		}
	}

}
