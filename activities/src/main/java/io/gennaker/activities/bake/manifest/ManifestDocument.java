package io.gennaker.activities.bake.manifest;

import java.util.List;

import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * One rendered object.
 *
 * @param source the template, as Helm names it
 * @param text the YAML as rendered
 * @param apiVersion such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param name the object's name, perhaps empty in a list
 * @param hooks when it runs, if it is a Helm hook, such as {@code pre-upgrade}
 * @param root its YAML nodes, whose marks point into the text
 */
record ManifestDocument(String source, String text, String apiVersion, String kind, String name, List<String> hooks,
		MappingNode root) {

	ManifestDocument {
		hooks = List.copyOf(hooks);
	}

	boolean isHook() {
		return !this.hooks.isEmpty();
	}

	boolean isTest() {
		return isHook() && this.hooks.stream().allMatch((hook) -> hook.startsWith("test"));
	}

	/**
	 * Such as {@code Deployment/api}.
	 */
	String object() {
		return this.kind + "/" + this.name;
	}

}
