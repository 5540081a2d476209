package io.gennaker.web.sandbox.apiserver;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a URL points at.
 *
 * @param namespace empty for all, or for an object of the cluster
 * @param name empty for the collection
 * @param subresource such as {@code status}; empty for the object itself
 */
record RequestTarget(ResourceType type, String namespace, String name, String subresource,
		Map<String, String> parameters) {

	private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

	/** The target of a URL under {@code /api/v1/…} or {@code /apis/group/version/…}. */
	static Optional<RequestTarget> of(URI uri, ResourceTypes types) {
		List<String> path = segments(uri);
		int start = path.getFirst().equals("api") ? 2 : 3;
		if (path.size() <= start) {
			return Optional.empty();
		}
		String group = (start == 2) ? "" : path.get(1);
		String version = path.get(start - 1);
		List<String> rest = path.subList(start, path.size());
		String namespace = "";
		boolean inNamespace = rest.size() >= 3 && rest.getFirst().equals("namespaces")
				&& !OF_NAMESPACES.contains(rest.get(2));
		if (inNamespace) {
			namespace = rest.get(1);
			rest = rest.subList(2, rest.size());
		}
		if (rest.size() > 3) {
			return Optional.empty();
		}
		String name = (rest.size() > 1) ? rest.get(1) : "";
		String subresource = (rest.size() > 2) ? rest.get(2) : "";
		String inside = namespace;
		return types.byPlural(group, version, rest.getFirst())
			.filter((type) -> type.namespaced() ? !inside.isEmpty() || name.isEmpty() : inside.isEmpty())
			.map((type) -> new RequestTarget(type, inside, name, subresource, parameters(uri)));
	}

	/** The parts of a path, decoded; one empty part for the root. */
	static List<String> segments(URI uri) {
		return Arrays.stream(uri.getRawPath().replaceAll("^/+|/+$", "").split("/+"))
			.map(RequestTarget::decoded)
			.toList();
	}

	/** The parameters of a query; of several of one name the last. */
	static Map<String, String> parameters(URI uri) {
		Map<String, String> parameters = new HashMap<>();
		String query = uri.getRawQuery();
		if (query != null) {
			for (String pair : query.split("&")) {
				int equals = pair.indexOf('=');
				parameters.put(decoded((equals < 0) ? pair : pair.substring(0, equals)),
						(equals < 0) ? "" : decoded(pair.substring(equals + 1)));
			}
		}
		return parameters;
	}

	ObjectKey key() {
		return new ObjectKey(this.type, this.namespace, this.name);
	}

	String parameter(String name) {
		return this.parameters.getOrDefault(name, "");
	}

	boolean flag(String name) {
		String value = parameter(name);
		return value.equals("true") || value.equals("1");
	}

	int number(String name, int otherwise) {
		String value = parameter(name);
		try {
			return value.isEmpty() ? otherwise : Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw ApiException.badRequest("the parameter " + name + " is not a number: \"" + value + "\"");
		}
	}

	Selector selector() {
		return Selector.of(parameter("labelSelector"), parameter("fieldSelector"));
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw ApiException.badRequest("malformed URL: " + text);
		}
	}

}
