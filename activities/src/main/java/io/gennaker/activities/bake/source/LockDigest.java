package io.gennaker.activities.bake.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.digest.Sha256;

import org.jspecify.annotations.Nullable;

/**
 * The digest by which a {@code Chart.lock} knows its {@code Chart.yaml}: of the wanted
 * and the locked dependencies as the Go language writes JSON (Helm's
 * {@code internal/resolver}, {@code HashReq}; before Helm 3 of the wanted alone).
 */
final class LockDigest {

	private final StringBuilder json = new StringBuilder();

	private LockDigest() {
	}

	/**
	 * Whether a lock belongs to what is wanted.
	 */
	static boolean accepts(String digest, List<Map<?, ?>> wanted, List<Map<?, ?>> locked) {
		LockDigest both = new LockDigest();
		both.json.append('[');
		both.dependencies(wanted);
		both.json.append(',');
		both.dependencies(locked);
		both.json.append(']');
		LockDigest old = new LockDigest();
		old.json.append("{\"dependencies\":");
		old.dependencies(wanted);
		old.json.append('}');
		return digest.equals(both.digest()) || digest.equals(old.digest());
	}

	private String digest() {
		return Sha256.of(this.json.toString().getBytes(StandardCharsets.UTF_8));
	}

	private void dependencies(List<Map<?, ?>> entries) {
		String separator = "[";
		for (Map<?, ?> entry : entries) {
			this.json.append(separator);
			dependency(entry);
			separator = ",";
		}
		this.json.append(entries.isEmpty() ? "null" : "]");
	}

	/** The order, and what is left out when empty, are those of Helm's structure. */
	private void dependency(Map<?, ?> entry) {
		this.json.append("{\"name\":");
		text(ChartDependencies.text(entry, "name"));
		optional("version", entry.get("version"));
		this.json.append(",\"repository\":");
		text(ChartDependencies.text(entry, "repository"));
		optional("condition", entry.get("condition"));
		optional("tags", entry.get("tags"));
		if ("true".equals(entry.get("enabled"))) {
			this.json.append(",\"enabled\":true");
		}
		optional("import-values", entry.get("import-values"));
		optional("alias", entry.get("alias"));
		this.json.append('}');
	}

	private void optional(String key, @Nullable Object value) {
		boolean empty = value == null || value.equals("") || value.equals(List.of());
		if (!empty) {
			this.json.append(",\"").append(key).append("\":");
			value(value);
		}
	}

	private void value(@Nullable Object value) {
		switch (value) {
			case null -> this.json.append("null");
			case List<?> list -> {
				String separator = "[";
				for (Object item : list) {
					this.json.append(separator);
					value(item);
					separator = ",";
				}
				this.json.append(list.isEmpty() ? "[]" : "]");
			}
			case Map<?, ?> map -> {
				Map<String, Object> sorted = new TreeMap<>();
				map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
				String separator = "{";
				for (Map.Entry<String, Object> each : sorted.entrySet()) {
					this.json.append(separator);
					text(each.getKey());
					this.json.append(':');
					value(each.getValue());
					separator = ",";
				}
				this.json.append(map.isEmpty() ? "{}" : "}");
			}
			default -> text(String.valueOf(value));
		}
	}

	private void text(String text) {
		this.json.append('"');
		text.chars().forEach((c) -> {
			switch (c) {
				case '"', '\\' -> this.json.append('\\').append((char) c);
				case '\n' -> this.json.append("\\n");
				case '\r' -> this.json.append("\\r");
				case '\t' -> this.json.append("\\t");
				case '\b' -> this.json.append("\\b");
				case '\f' -> this.json.append("\\f");
				case '<', '>', '&', 0x2028, 0x2029 -> this.json.append("\\u%04x".formatted(c));
				default -> this.json.append((c < ' ') ? "\\u%04x".formatted(c) : String.valueOf((char) c));
			}
		});
		this.json.append('"');
	}

}
