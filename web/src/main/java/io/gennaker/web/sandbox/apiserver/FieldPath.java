package io.gennaker.web.sandbox.apiserver;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The way to a field, in the notation of {@code managedFields}: {@code f:name} for a
 * field, <code>k:{"name":"x"}</code> for an item of a list by its keys, {@code v:"x"} for
 * a value of a set.
 */
record FieldPath(List<String> steps) implements Comparable<FieldPath> {

	static final FieldPath ROOT = new FieldPath(List.of());

	FieldPath then(String step) {
		List<String> longer = new ArrayList<>(this.steps);
		longer.add(step);
		return new FieldPath(List.copyOf(longer));
	}

	FieldPath field(String name) {
		return then("f:" + name);
	}

	FieldPath parent() {
		return new FieldPath(this.steps.subList(0, this.steps.size() - 1));
	}

	String last() {
		return this.steps.getLast();
	}

	boolean isUnder(FieldPath other) {
		return this.steps.size() > other.steps.size() && this.steps.subList(0, other.steps.size()).equals(other.steps);
	}

	/**
	 * The name of the field that is so many fields up, not counting items; empty if none.
	 */
	String fieldName(int up) {
		int left = up;
		for (String step : this.steps.reversed()) {
			if (step.startsWith("f:") && left-- == 0) {
				return step.substring(2);
			}
		}
		return "";
	}

	/** As error messages show it, such as {@code .spec.containers[name="api"].image}. */
	String words() {
		StringBuilder words = new StringBuilder();
		for (String step : this.steps) {
			String rest = step.substring(2);
			switch (step.charAt(0)) {
				case 'f' -> words.append('.').append(rest);
				case 'k' -> words.append('[').append(keyWords(rest)).append(']');
				default -> words.append('[').append(rest).append(']');
			}
		}
		return words.toString();
	}

	private static String keyWords(String json) {
		List<String> words = new ArrayList<>();
		JsonNode keys = Json.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		keys.properties().forEach((entry) -> words.add(entry.getKey() + "=" + entry.getValue()));
		return String.join(",", words);
	}

	@Override
	public int compareTo(FieldPath other) {
		int shared = Math.min(this.steps.size(), other.steps.size());
		for (int i = 0; i < shared; i++) {
			int order = this.steps.get(i).compareTo(other.steps.get(i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(this.steps.size(), other.steps.size());
	}

}
