package io.gennaker.web.sandbox.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.gennaker.web.sandbox.apiserver.Json;

/**
 * The requests of the distribution specification: pull, push and the list of tags.
 *
 * @see <a href=
 * "https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 * Distribution Specification</a>
 */
final class RegistryRequests {

	private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

	private static final Pattern PATH = Pattern.compile("/v2/(.+)/(manifests|tags|blobs/uploads|blobs)/?([^/]*)");

	private static final int MANIFEST_LIMIT = 4 * 1024 * 1024;

	private static final long BLOB_LIMIT = 2L * 1024 * 1024 * 1024;

	private final Content content;

	private final PushNotifier notifier;

	RegistryRequests(Content content, PushNotifier notifier) {
		this.content = content;
		this.notifier = notifier;
	}

	static boolean isName(String text) {
		return text.length() <= 255 && NAME.matcher(text).matches();
	}

	static boolean isReference(String text) {
		return TAG.matcher(text).matches() || Digests.isDigest(text);
	}

	void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		if (path.equals("/v2/") || path.equals("/v2")) {
			respond(exchange, 200, "application/json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
			return;
		}
		Matcher parts = PATH.matcher(path);
		if (!parts.matches()) {
			throw new RegistryException(404, "UNSUPPORTED", "there is nothing at " + path);
		}
		String repository = parts.group(1);
		if (!isName(repository)) {
			throw new RegistryException(400, "NAME_INVALID", "invalid repository name: " + repository);
		}
		switch (parts.group(2)) {
			case "manifests" -> manifests(exchange, repository, parts.group(3));
			case "tags" -> tags(exchange, repository);
			case "blobs" -> blob(exchange, parts.group(3));
			default -> upload(exchange, repository, parts.group(3));
		}
	}

	private void manifests(HttpExchange exchange, String repository, String reference) throws IOException {
		if (!isReference(reference)) {
			throw new RegistryException(400, "TAG_INVALID", "invalid tag or digest: " + reference);
		}
		switch (exchange.getRequestMethod()) {
			case "GET", "HEAD" -> {
				Content.Manifest manifest = this.content.manifest(repository, reference)
					.orElseThrow(() -> new RegistryException(404, "MANIFEST_UNKNOWN",
							"manifest unknown: " + repository + ":" + reference));
				exchange.getResponseHeaders().set("Docker-Content-Digest", manifest.digest());
				respond(exchange, 200, manifest.type(), manifest.content());
			}
			case "PUT" -> putManifest(exchange, repository, reference);
			default -> throw unsupported(exchange);
		}
	}

	private void putManifest(HttpExchange exchange, String repository, String reference) throws IOException {
		byte[] body = exchange.getRequestBody().readNBytes(MANIFEST_LIMIT + 1);
		if (body.length > MANIFEST_LIMIT) {
			throw new RegistryException(413, "SIZE_INVALID", "a manifest may have " + MANIFEST_LIMIT + " bytes");
		}
		checkManifest(repository, body);
		if (Digests.isDigest(reference) && !Digests.of(body).equals(reference)) {
			throw new RegistryException(400, "DIGEST_INVALID", "the manifest's digest is " + Digests.of(body));
		}
		String type = exchange.getRequestHeaders().getFirst("Content-Type");
		Content.Manifest manifest = this.content.putManifest(repository, reference,
				(type != null) ? type : ExampleImages.IMAGE_TYPE, body);
		exchange.getResponseHeaders().set("Location", "/v2/" + repository + "/manifests/" + manifest.digest());
		exchange.getResponseHeaders().set("Docker-Content-Digest", manifest.digest());
		exchange.sendResponseHeaders(201, -1);
		this.notifier.pushed(repository, Digests.isDigest(reference) ? "" : reference, manifest);
	}

	/** A manifest may name only what is here. */
	private void checkManifest(String repository, byte[] body) {
		JsonNode manifest = parsed(body);
		for (JsonNode blob : List.of(manifest.path("config"), manifest.path("layers"))) {
			for (JsonNode descriptor : blob.isArray() ? blob : Json.array().add(blob)) {
				String digest = descriptor.path("digest").asText("");
				boolean foreign = descriptor.has("urls");
				if (!digest.isEmpty() && !foreign
						&& (!Digests.isDigest(digest) || this.content.blobPath(digest).isEmpty())) {
					throw new RegistryException(404, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry: " + digest);
				}
			}
		}
		for (JsonNode child : manifest.path("manifests")) {
			String digest = child.path("digest").asText("");
			if (!Digests.isDigest(digest) || this.content.manifest(repository, digest).isEmpty()) {
				throw new RegistryException(404, "MANIFEST_UNKNOWN", "manifest unknown to registry: " + digest);
			}
		}
	}

	private static JsonNode parsed(byte[] body) {
		try {
			return Json.read(body);
		}
		catch (IOException | ClassCastException ex) {
			throw new RegistryException(400, "MANIFEST_INVALID", "the manifest is not a JSON object");
		}
	}

	private void tags(HttpExchange exchange, String repository) throws IOException {
		List<String> all = this.content.tags(repository)
			.orElseThrow(() -> new RegistryException(404, "NAME_UNKNOWN",
					"repository name not known to registry: " + repository));
		Map<String, String> query = query(exchange);
		String last = query.getOrDefault("last", "");
		List<String> rest = all.stream().filter((tag) -> tag.compareTo(last) > 0).toList();
		String asked = query.getOrDefault("n", "");
		int limit = asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : rest.size();
		List<String> shown = rest.subList(0, Math.min(limit, rest.size()));
		if (shown.size() < rest.size() && !shown.isEmpty()) {
			exchange.getResponseHeaders()
				.set("Link", "</v2/" + repository + "/tags/list?last=" + shown.getLast() + "&n=" + limit
						+ ">; rel=\"next\"");
		}
		ObjectNode body = Json.object().put("name", repository);
		shown.forEach(body.putArray("tags")::add);
		respond(exchange, 200, "application/json", Json.bytes(body));
	}

	private void blob(HttpExchange exchange, String digest) throws IOException {
		if (!Digests.isDigest(digest)) {
			throw new RegistryException(400, "DIGEST_INVALID", "invalid digest: " + digest);
		}
		boolean read = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
		if (!read) {
			throw unsupported(exchange);
		}
		Path blob = this.content.blobPath(digest)
			.orElseThrow(() -> new RegistryException(404, "BLOB_UNKNOWN", "blob unknown to registry: " + digest));
		exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
		exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
		long size = Files.size(blob);
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
			exchange.sendResponseHeaders(200, -1);
			return;
		}
		exchange.sendResponseHeaders(200, (size == 0) ? -1 : size);
		if (size > 0) {
			Files.copy(blob, exchange.getResponseBody());
		}
	}

	private void upload(HttpExchange exchange, String repository, String id) throws IOException {
		switch (exchange.getRequestMethod()) {
			case "POST" -> startUpload(exchange, repository);
			case "PATCH" -> {
				Path upload = find(id);
				append(exchange, upload);
				accepted(exchange, repository, id, Files.size(upload));
			}
			case "PUT" -> {
				Path upload = find(id);
				append(exchange, upload);
				finish(exchange, repository, upload, query(exchange).getOrDefault("digest", ""));
			}
			case "GET" -> {
				progress(exchange, repository, id, Files.size(find(id)));
				exchange.sendResponseHeaders(204, -1);
			}
			case "DELETE" -> {
				Files.deleteIfExists(find(id));
				exchange.sendResponseHeaders(204, -1);
			}
			default -> throw unsupported(exchange);
		}
	}

	private void startUpload(HttpExchange exchange, String repository) throws IOException {
		Map<String, String> query = query(exchange);
		String mounted = query.getOrDefault("mount", "");
		if (Digests.isDigest(mounted) && this.content.blobPath(mounted).isPresent()) {
			created(exchange, repository, mounted);
			return;
		}
		String id = this.content.startUpload();
		String digest = query.getOrDefault("digest", "");
		if (digest.isEmpty()) {
			accepted(exchange, repository, id, 0);
			return;
		}
		append(exchange, find(id));
		finish(exchange, repository, find(id), digest);
	}

	private Path find(String id) {
		if (!id.matches("[0-9a-f-]{36}")) {
			throw new RegistryException(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
		}
		return this.content.upload(id)
			.orElseThrow(() -> new RegistryException(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"));
	}

	private static void append(HttpExchange exchange, Path upload) throws IOException {
		try (InputStream in = exchange.getRequestBody();
				OutputStream out = Files.newOutputStream(upload, StandardOpenOption.APPEND)) {
			byte[] buffer = new byte[64 * 1024];
			long size = Files.size(upload);
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				size += read;
				if (size > BLOB_LIMIT) {
					throw new RegistryException(413, "SIZE_INVALID", "a blob may have " + BLOB_LIMIT + " bytes");
				}
				out.write(buffer, 0, read);
			}
		}
	}

	private void finish(HttpExchange exchange, String repository, Path upload, String digest) throws IOException {
		String real = digestOf(upload);
		if (!real.equals(digest)) {
			Files.delete(upload);
			throw new RegistryException(400, "DIGEST_INVALID",
					"provided digest did not match uploaded content: " + real);
		}
		this.content.finishUpload(upload, digest);
		created(exchange, repository, digest);
	}

	private static String digestOf(Path file) throws IOException {
		try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file),
				MessageDigest.getInstance("SHA-256"))) {
			in.transferTo(OutputStream.nullOutputStream());
			return "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static void created(HttpExchange exchange, String repository, String digest) throws IOException {
		exchange.getResponseHeaders().set("Location", "/v2/" + repository + "/blobs/" + digest);
		exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
		exchange.sendResponseHeaders(201, -1);
	}

	private static void accepted(HttpExchange exchange, String repository, String id, long size) throws IOException {
		progress(exchange, repository, id, size);
		exchange.sendResponseHeaders(202, -1);
	}

	private static void progress(HttpExchange exchange, String repository, String id, long size) {
		exchange.getResponseHeaders().set("Location", "/v2/" + repository + "/blobs/uploads/" + id);
		exchange.getResponseHeaders().set("Docker-Upload-UUID", id);
		exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, size - 1));
	}

	private static RegistryException unsupported(HttpExchange exchange) {
		return new RegistryException(405, "UNSUPPORTED", exchange.getRequestMethod() + " is not supported here");
	}

	private static Map<String, String> query(HttpExchange exchange) {
		Map<String, String> values = new HashMap<>();
		String query = exchange.getRequestURI().getQuery();
		for (String pair : (query != null) ? query.split("&") : new String[0]) {
			int equals = pair.indexOf('=');
			if (equals > 0) {
				values.put(pair.substring(0, equals), pair.substring(equals + 1));
			}
		}
		return values;
	}

	private static void respond(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
			exchange.sendResponseHeaders(status, -1);
			return;
		}
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

}
