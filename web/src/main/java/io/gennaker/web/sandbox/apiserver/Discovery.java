package io.gennaker.web.sandbox.apiserver;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the server says about itself: its version, groups and kinds.
 */
final class Discovery {

	private static final List<String> VERBS = List.of("create", "delete", "deletecollection", "get", "list", "patch",
			"update", "watch");

	private final ResourceTypes types;

	Discovery(ResourceTypes types) {
		this.types = types;
	}

	/** The answer to a path that is about the server; none if it is about objects. */
	Optional<ObjectNode> answer(List<String> path) {
		return switch (path.getFirst()) {
			case "version" -> Optional.of(version());
			case "api" -> (path.size() == 1) ? Optional.of(versions())
					: (path.size() == 2) ? resources("", path.get(1)) : Optional.empty();
			case "apis" -> switch (path.size()) {
				case 1 -> Optional.of(groups());
				case 2 -> group(path.get(1));
				case 3 -> resources(path.get(1), path.get(2));
				default -> Optional.empty();
			};
			default -> Optional.empty();
		};
	}

	private static ObjectNode version() {
		return Json.object()
			.put("major", "1")
			.put("minor", "34")
			.put("gitVersion", "v1.34.0+gennaker-sandbox")
			.put("gitCommit", "")
			.put("gitTreeState", "clean")
			.put("buildDate", "2025-08-27T00:00:00Z")
			.put("goVersion", "")
			.put("compiler", "javac")
			.put("platform", "java/any");
	}

	private static ObjectNode versions() {
		ObjectNode versions = Json.object().put("kind", "APIVersions");
		versions.putArray("versions").add("v1");
		versions.putArray("serverAddressByClientCIDRs");
		return versions;
	}

	private ObjectNode groups() {
		ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
		ArrayNode groups = list.putArray("groups");
		this.types.all()
			.stream()
			.map(ResourceType::group)
			.filter((name) -> !name.isEmpty())
			.distinct()
			.forEach((name) -> group(name).ifPresent(groups::add));
		return list;
	}

	private Optional<ObjectNode> group(String name) {
		List<String> versions = this.types.all()
			.stream()
			.filter((type) -> type.group().equals(name))
			.map(ResourceType::version)
			.distinct()
			.toList();
		if (versions.isEmpty()) {
			return Optional.empty();
		}
		ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
		ArrayNode list = group.putArray("versions");
		versions
			.forEach((version) -> list.addObject().put("groupVersion", name + "/" + version).put("version", version));
		group.set("preferredVersion", list.get(0));
		return Optional.of(group);
	}

	private Optional<ObjectNode> resources(String group, String version) {
		List<ResourceType> served = this.types.all()
			.stream()
			.filter((type) -> type.group().equals(group) && type.version().equals(version))
			.toList();
		if (served.isEmpty()) {
			return Optional.empty();
		}
		ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
		list.put("groupVersion", served.getFirst().apiVersion());
		ArrayNode resources = list.putArray("resources");
		for (ResourceType type : served) {
			ObjectNode resource = describe(resources.addObject(), type, "", VERBS);
			type.shortNames().forEach(resource.putArray("shortNames")::add);
			if (type.status()) {
				describe(resources.addObject(), type, "/status", List.of("get", "patch", "update"));
			}
			if (type.kind().equals("Pod")) {
				describe(resources.addObject(), type, "/log", List.of("get"));
			}
		}
		return Optional.of(list);
	}

	private static ObjectNode describe(ObjectNode resource, ResourceType type, String subresource, List<String> verbs) {
		resource.put("name", type.plural() + subresource)
			.put("singularName", subresource.isEmpty() ? type.singular() : "")
			.put("namespaced", type.namespaced())
			.put("kind", type.kind());
		verbs.forEach(resource.putArray("verbs")::add);
		return resource;
	}

}
