package io.gennaker.activities.bake.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.digest.Sha256;

/**
 * Charts with lock files.
 */
final class Locks {

	private Locks() {
	}

	/**
	 * A chart with its lock, and nothing in {@code charts/}.
	 */
	static Map<String, byte[]> locked(String name, String version, ChartDependencies.Locked... dependencies) {
		StringBuilder list = new StringBuilder();
		List<String> json = new ArrayList<>();
		for (ChartDependencies.Locked each : dependencies) {
			list.append("- name: %s%n  version: %s%n  repository: %s%n".formatted(each.name(), each.version(),
					each.repository()));
			json.add("{\"name\":\"%s\",\"version\":\"%s\",\"repository\":\"%s\"}".formatted(each.name(), each.version(),
					each.repository()));
		}
		String entries = "[" + String.join(",", json) + "]";
		String digest = Sha256.of(Charts.bytes("[" + entries + "," + entries + "]"));
		return Charts.files(name, version, "dependencies", list.toString(), "Chart.lock",
				"dependencies:\n" + list + "digest: " + digest + "\ngenerated: \"2026-01-01T00:00:00Z\"\n");
	}

}
