package io.gennaker.activities.bake.manifest;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where an object names an image.
 */
sealed interface ImageSpot {

	/**
	 * The container's name, or the declared path.
	 */
	String place();

	/**
	 * The image as rendered.
	 */
	String before();

	/**
	 * A whole reference.
	 *
	 * @param image its text
	 */
	record Whole(String place, ScalarNode image) implements ImageSpot {

		@Override
		public String before() {
			return this.image.getValue();
		}

	}

	/**
	 * A reference in parts.
	 *
	 * @param repository the repository's text
	 * @param tag where the tag stands
	 * @param digest where the digest stands; null if the kind has no such field
	 */
	record Parts(String place, ScalarNode repository, Slot tag, @Nullable Slot digest) implements ImageSpot {

		@Override
		public String before() {
			String tagged = this.repository.getValue() + (this.tag.text().isEmpty() ? "" : ":" + this.tag.text());
			return (this.digest == null || this.digest.text().isEmpty()) ? tagged : tagged + "@" + this.digest.text();
		}

	}

	/**
	 * The place of a text that may not be there yet.
	 *
	 * @param mapping where it stands
	 * @param key its key in there
	 */
	record Slot(MappingNode mapping, String key) {

		@Nullable Node value() {
			return YamlNodes.get(this.mapping, this.key);
		}

		String text() {
			Node value = value();
			return (value == null || YamlNodes.isNull(value)) ? "" : YamlNodes.text(value);
		}

	}

}
