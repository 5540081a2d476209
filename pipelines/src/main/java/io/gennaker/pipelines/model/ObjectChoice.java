package io.gennaker.pipelines.model;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a cluster a stage concerns: one by its name, or all that carry some
 * labels.
 *
 * @param kind such as {@code Deployment}
 * @param apiVersion such as {@code apps/v1}
 * @param namespace where they live; null for the target's namespace; may hold expressions
 * @param name the object's name, may hold expressions; null where labels choose
 * @param selector labels that all of them carry, whose values may hold expressions; empty
 * where a name chooses
 */
public record ObjectChoice(String kind, String apiVersion, @Nullable String namespace, @Nullable String name,
		Map<String, String> selector) {

	public ObjectChoice {
		selector = Copies.ordered(selector);
	}

	/**
	 * One object in the target's namespace.
	 */
	public static ObjectChoice named(String kind, String apiVersion, String name) {
		return new ObjectChoice(kind, apiVersion, null, name, Map.of());
	}

	/**
	 * What it chooses, for people: {@code Deployment api}, or {@code each Deployment with
	 * app=api}.
	 */
	public String title() {
		if (this.name != null) {
			return this.kind + " " + this.name;
		}
		StringBuilder labels = new StringBuilder();
		this.selector.forEach(
				(label, value) -> labels.append(labels.isEmpty() ? "" : ",").append(label).append('=').append(value));
		return "each " + this.kind + " with " + labels;
	}

}
