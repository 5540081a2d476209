package io.gennaker.activities.bake.manifest;

import java.util.Map;
import java.util.Set;

import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Tells null (<a href="https://yaml.org/type/null.html">as YAML 1.1 writes it</a>) from
 * everything else, whose type is left to whoever reads it.
 */
enum NullSchema implements Schema {

	/** The only one. */
	INSTANCE;

	private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

	/** Of a plain scalar without a tag of its own. */
	static final Tag UNTYPED = new Tag("tag:gennaker.io,2026:untyped");

	@Override
	public ScalarResolver getScalarResolver() {
		return (value, implicit) -> !implicit ? Tag.STR : NULLS.contains(value) ? Tag.NULL : UNTYPED;
	}

	@Override
	public Map<Tag, ConstructNode> getSchemaTagConstructors() {
		return Map.of();
	}

}
