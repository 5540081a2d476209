package io.gennaker.activities.bake.manifest;

import java.util.Map;

/**
 * The value of a key that is added to a mapping.
 */
sealed interface Addition {

	/**
	 * In flow style.
	 */
	String flow();

	/**
	 * In block style, from behind the key's colon on.
	 */
	String block(String indent);

	static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	/**
	 * A single text.
	 */
	record Text(String text) implements Addition {

		@Override
		public String flow() {
			return quoted(this.text);
		}

		@Override
		public String block(String indent) {
			return " " + flow();
		}

	}

	/**
	 * A mapping of texts.
	 */
	record Texts(Map<String, String> entries) implements Addition {

		@Override
		public String flow() {
			StringBuilder flow = new StringBuilder("{");
			this.entries.forEach((key, text) -> flow.append((flow.length() > 1) ? ", " : "")
				.append(quoted(key))
				.append(": ")
				.append(quoted(text)));
			return flow.append('}').toString();
		}

		@Override
		public String block(String indent) {
			StringBuilder block = new StringBuilder();
			this.entries.forEach(
					(key, text) -> block.append('\n').append(indent).append(key).append(": ").append(quoted(text)));
			return block.toString();
		}

	}

}
