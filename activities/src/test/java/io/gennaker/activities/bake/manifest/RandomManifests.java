package io.gennaker.activities.bake.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random documents of one kind, so that they keep their order when they are bound.
 */
final class RandomManifests {

	static final String IMAGE = "image: " + BindingCorpus.API;

	private static final String[] TEXTS = { "plain", "'single''s'", "\"dou\\\"ble\"", "yes", "0644", "é中😀", "~",
			"# no comment #", "1_000", "'{{ kept }}'", "!!str 7" };

	private final Random random;

	private final List<String> documents = new ArrayList<>();

	private int images;

	RandomManifests(long seed) {
		this.random = new Random(seed);
		int count = 1 + this.random.nextInt(5);
		for (int i = 0; i < count; i++) {
			this.documents.add(document(i));
		}
	}

	List<String> documents() {
		return this.documents;
	}

	int images() {
		return this.images;
	}

	String text() {
		return String.join("\n---\n", this.documents);
	}

	private String document(int number) {
		StringBuilder text = new StringBuilder();
		noise(text, "");
		text.append("apiVersion: apps/v1\nkind: Deployment\n");
		int step = 1 + this.random.nextInt(6);
		String indent = " ".repeat(step);
		String spec = spec(indent);
		String metadata = metadata(number, indent);
		text.append(this.random.nextBoolean() ? metadata + spec : spec + metadata);
		return text.toString().strip();
	}

	private String metadata(int number, String indent) {
		StringBuilder text = new StringBuilder("metadata:\n");
		noise(text, indent);
		text.append(indent).append("name: d").append(number).append('\n');
		for (String key : List.of("labels", "annotations")) {
			if (this.random.nextBoolean()) {
				text.append(indent).append(key).append(": {a: ").append(flowText()).append(", \"b\": 'c'}\n");
			}
			else {
				text.append(indent).append(key).append(":\n");
				noise(text, indent + indent);
				text.append(indent).append(indent).append("a: ").append(scalar()).append('\n');
			}
			noise(text, indent);
		}
		return text.toString();
	}

	private String spec(String indent) {
		StringBuilder text = new StringBuilder("spec:\n");
		text.append(indent).append("template:\n");
		text.append(indent.repeat(2)).append("spec:\n");
		text.append(indent.repeat(3)).append("containers:\n");
		int containers = this.random.nextInt(4);
		for (int i = 0; i < containers; i++) {
			text.append(indent.repeat(3)).append("- name: ").append("c").append(i).append('\n');
			if (this.random.nextInt(3) > 0) {
				text.append(indent.repeat(3)).append("  ").append(IMAGE);
				text.append(this.random.nextBoolean() ? "   # why\n" : "\n");
				this.images++;
			}
			text.append(indent.repeat(3)).append("  other: ").append(scalar()).append('\n');
		}
		text.append(indent.repeat(3))
			.append("more: |\n")
			.append(indent.repeat(4))
			.append("image: ")
			.append(BindingCorpus.API)
			.append("\n");
		return text.toString();
	}

	private void noise(StringBuilder text, String indent) {
		for (int i = this.random.nextInt(3); i > 0; i--) {
			text.append(
					this.random.nextBoolean() ? "\n" : indent + "# " + TEXTS[this.random.nextInt(TEXTS.length)] + "\n");
		}
	}

	private String flowText() {
		return TEXTS[this.random.nextInt(5)];
	}

	private String scalar() {
		return TEXTS[this.random.nextInt(TEXTS.length)];
	}

}
