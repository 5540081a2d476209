package io.gennaker.web.sandbox.registry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;

/**
 * The images that the example pipeline chooses from. They hold nothing to run, but have a
 * configuration and so a time; their digests are the same on every machine.
 */
final class ExampleImages {

	static final String IMAGE_TYPE = "application/vnd.oci.image.manifest.v1+json";

	private static final Map<String, List<String>> IMAGES = Map.of("classroom/api",
			List.of("v1.8.0 2026-08-03T08:00:00Z", "v1.8.1 2026-08-17T09:30:00Z", "v1.9.0 2026-09-07T08:15:00Z",
					"v1.9.1-crash 2026-09-09T10:00:00Z", "v1.9.2-missing 2026-09-10T11:00:00Z",
					"v1.9.3-slow 2026-09-11T07:45:00Z", "v1.9.3 2026-09-14T08:05:00Z"),
			"classroom/proxy", List.of("v1.7.2 2026-07-13T12:00:00Z", "v1.8.0 2026-08-03T08:10:00Z"),
			"classroom/jobrunner", List.of("v1.7.2 2026-07-13T12:05:00Z", "v1.8.0 2026-08-03T08:20:00Z"),
			"infra/registry-mirror", List.of("2.1.0 2026-05-04T06:00:00Z", "2.2.0 2026-08-31T06:00:00Z"));

	private ExampleImages() {
	}

	/** Puts the images where there is no tag of that name yet: a pushed one stays. */
	static void load(Content content) {
		IMAGES.forEach((repository, images) -> images.forEach((image) -> {
			String[] parts = image.split(" ");
			if (content.manifest(repository, parts[0]).isEmpty()) {
				push(content, repository, parts[0], Instant.parse(parts[1]));
			}
		}));
	}

	private static void push(Content content, String repository, String tag, Instant created) {
		ObjectNode config = Json.object();
		config.put("created", created.toString()).put("architecture", "amd64").put("os", "linux");
		Json.child(config, "config").putObject("Labels").put("org.opencontainers.image.version", tag);
		Json.child(config, "rootfs").put("type", "layers").putArray("diff_ids");
		byte[] layer = (repository + ":" + tag + "\n").getBytes(StandardCharsets.UTF_8);
		ObjectNode manifest = Json.object();
		manifest.put("schemaVersion", 2).put("mediaType", IMAGE_TYPE);
		describe(manifest.putObject("config"), "application/vnd.oci.image.config.v1+json", content, Json.bytes(config));
		describe(manifest.putArray("layers").addObject(), "application/vnd.oci.image.layer.v1.tar", content, layer);
		content.putManifest(repository, tag, IMAGE_TYPE, Json.bytes(manifest));
	}

	private static void describe(ObjectNode descriptor, String type, Content content, byte[] blob) {
		descriptor.put("mediaType", type).put("digest", content.putBlob(blob)).put("size", blob.length);
	}

}
