package io.gennaker.activities.rollout.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One object of a release as it was baked: its JSON tree, of maps, lists, strings,
 * numbers, booleans and nulls.
 *
 * @param content the tree; has {@code apiVersion}, {@code kind} and {@code metadata.name}
 * or {@code metadata.generateName}
 */
public record Manifest(Map<String, Object> content) {

	public Manifest {
		content = Collections.unmodifiableMap(content);
	}

	public String apiVersion() {
		return text("apiVersion");
	}

	public String kind() {
		return text("kind");
	}

	public String name() {
		return text("metadata", "name");
	}

	/**
	 * What the object's name is to begin with, where it has none of its own; else empty.
	 */
	public String generateName() {
		return name().isEmpty() ? text("metadata", "generateName") : "";
	}

	/**
	 * The namespace that the manifest itself names; empty for none.
	 */
	public String namespace() {
		return text("metadata", "namespace");
	}

	/**
	 * The API group; empty for the core group.
	 */
	public String group() {
		int slash = apiVersion().indexOf('/');
		return (slash < 0) ? "" : apiVersion().substring(0, slash);
	}

	/**
	 * The version within the group.
	 */
	public String version() {
		return apiVersion().substring(apiVersion().indexOf('/') + 1);
	}

	/**
	 * An annotation's value; empty where there is none.
	 */
	public String annotation(String name) {
		return text("metadata", "annotations", name);
	}

	/**
	 * Kind and name for people, such as {@code Deployment/api}.
	 */
	public String title() {
		return kind() + "/" + (name().isEmpty() ? generateName() + "…" : name());
	}

	/**
	 * The component that it belongs to, by its label {@code app.kubernetes.io/component},
	 * else its annotation {@code gennaker.io/component}; empty for none.
	 */
	public String component() {
		String label = text("metadata", "labels", "app.kubernetes.io/component");
		return label.isEmpty() ? annotation("gennaker.io/component") : label;
	}

	/**
	 * A scalar's text; empty where there is none.
	 */
	public String text(String... path) {
		Object value = at(path);
		return (value == null || value instanceof Map || value instanceof List) ? "" : value.toString();
	}

	/**
	 * What stands at a path of map keys; null where nothing does.
	 */
	public @Nullable Object at(String... path) {
		Object value = this.content;
		for (String key : path) {
			value = (value instanceof Map<?, ?> map) ? map.get(key) : null;
		}
		return value;
	}

	/**
	 * The maps of a list at a path; empty where there is no list.
	 */
	public List<Manifest> maps(String... path) {
		List<Manifest> maps = new ArrayList<>();
		if (at(path) instanceof List<?> list) {
			list.stream()
				.filter(Map.class::isInstance)
				.forEach((item) -> maps.add(new Manifest(copy((Map<?, ?>) item))));
		}
		return maps;
	}

	/**
	 * The same object with one value set.
	 */
	public Manifest with(Object value, String... path) {
		return new Manifest(changed(this.content, value, path, 0));
	}

	/**
	 * The same object without what stands at a path.
	 */
	public Manifest without(String... path) {
		return (at(path) != null || holdsNull(path)) ? new Manifest(changed(this.content, null, path, 0)) : this;
	}

	private boolean holdsNull(String... path) {
		String[] parent = java.util.Arrays.copyOf(path, path.length - 1);
		return at(parent) instanceof Map<?, ?> map && map.containsKey(path[path.length - 1]);
	}

	private static Map<String, Object> changed(Map<?, ?> map, @Nullable Object value, String[] path, int depth) {
		Map<String, Object> copy = copy(map);
		String key = path[depth];
		if (depth < path.length - 1) {
			Map<?, ?> child = (copy.get(key) instanceof Map<?, ?> found) ? found : Map.of();
			copy.put(key, changed(child, value, path, depth + 1));
		}
		else if (value == null) {
			copy.remove(key);
		}
		else {
			copy.put(key, value);
		}
		return copy;
	}

	private static Map<String, Object> copy(Map<?, ?> map) {
		Map<String, Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> copy.put(String.valueOf(key), value));
		return copy;
	}

}
