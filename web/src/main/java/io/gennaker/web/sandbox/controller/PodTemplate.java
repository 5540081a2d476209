package io.gennaker.web.sandbox.controller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.Json;

/**
 * What a workload makes its pods from.
 */
final class PodTemplate {

	private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

	private PodTemplate() {
	}

	/** A pod of a template, not named yet but by its owner. */
	static ObjectNode pod(Cluster cluster, ObjectNode owner, JsonNode template, String name) {
		ObjectNode pod = cluster.ownedBy(owner, "Pod", name);
		ObjectNode metadata = Json.child(pod, "metadata");
		for (String field : java.util.List.of("labels", "annotations")) {
			if (template.path("metadata").has(field)) {
				metadata.set(field, template.path("metadata").path(field).deepCopy());
			}
		}
		pod.set("spec", template.path("spec").deepCopy());
		return pod;
	}

	/**
	 * The template's hash: equal templates have equal ones, whatever their order of keys.
	 */
	static String hash(JsonNode template) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(canonical(template).getBytes(StandardCharsets.UTF_8));
			StringBuilder hash = new StringBuilder();
			for (int i = 0; i < 10; i++) {
				hash.append(ALPHABET.charAt((digest[i] & 0xff) % ALPHABET.length()));
			}
			return hash.toString();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Five characters that differ from one name to the next. */
	static String suffix(String seed) {
		return hash(Json.array().add(seed)).substring(0, 5);
	}

	private static String canonical(JsonNode node) {
		StringBuilder text = new StringBuilder();
		if (node.isObject()) {
			Map<String, JsonNode> sorted = new TreeMap<>();
			node.properties().forEach((entry) -> sorted.put(entry.getKey(), entry.getValue()));
			sorted.forEach((name, value) -> text.append(name).append('=').append(canonical(value)).append(';'));
			return "{" + text + "}";
		}
		if (node.isArray()) {
			node.forEach((item) -> text.append(canonical(item)).append(','));
			return "[" + text + "]";
		}
		return node.toString();
	}

}
