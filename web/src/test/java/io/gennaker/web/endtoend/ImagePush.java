package io.gennaker.web.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Pushes small images to a registry, as a build would.
 */
final class ImagePush {

	private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final String registry;

	/**
	 * Pushes to a registry that is spoken to by plain HTTP.
	 */
	ImagePush(String hostAndPort) {
		this.registry = "http://" + hostAndPort + "/v2/";
	}

	/**
	 * Pushes an image that differs by its repository and tag.
	 * @return the manifest's digest
	 */
	String push(String repository, String tag) {
		String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-01-01T00:00:00Z\",\"config\":{\"Labels\":{\"version\":\""
				+ repository + ":" + tag + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
		String configDigest = upload(repository, config);
		String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST
				+ "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
				+ configDigest + "\",\"size\":" + config.length() + "},\"layers\":[]}";
		expect(201,
				send(HttpRequest.newBuilder(URI.create(this.registry + repository + "/manifests/" + tag))
					.header("Content-Type", MANIFEST)
					.PUT(BodyPublishers.ofString(manifest))));
		return digest(manifest);
	}

	private String upload(String repository, String blob) {
		HttpResponse<String> begun = send(
				HttpRequest.newBuilder(URI.create(this.registry + repository + "/blobs/uploads/"))
					.POST(BodyPublishers.noBody()));
		expect(202, begun);
		URI location = URI.create(this.registry).resolve(begun.headers().firstValue("Location").orElseThrow());
		String digest = digest(blob);
		String separator = (location.getRawQuery() != null) ? "&" : "?";
		expect(201,
				send(HttpRequest.newBuilder(URI.create(location + separator + "digest=" + digest))
					.header("Content-Type", "application/octet-stream")
					.PUT(BodyPublishers.ofString(blob))));
		return digest;
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return HTTP.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void expect(int status, HttpResponse<String> response) {
		if (response.statusCode() != status) {
			throw new IllegalStateException(
					response.uri() + " answered " + response.statusCode() + ": " + response.body());
		}
	}

	private static String digest(String content) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
			return "sha256:" + HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
