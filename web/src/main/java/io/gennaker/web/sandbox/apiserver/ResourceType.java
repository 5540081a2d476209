package io.gennaker.web.sandbox.apiserver;

import java.util.List;

/**
 * A kind of objects that the server holds.
 *
 * @param group empty for the core group
 * @param plural the word in the URL, such as {@code deployments}
 * @param status whether the status is a subresource, written apart from the rest
 * @param custom whether a CustomResourceDefinition brought it
 */
public record ResourceType(String group, String version, String kind, String plural, boolean namespaced, boolean status,
		boolean custom, List<String> shortNames) {

	/** The {@code apiVersion} of its objects. */
	public String apiVersion() {
		return this.group.isEmpty() ? this.version : this.group + "/" + this.version;
	}

	/** {@code plural.group}, as error messages name it. */
	public String qualifiedName() {
		return this.group.isEmpty() ? this.plural : this.plural + "." + this.group;
	}

	/** The word for one object, in lower case. */
	String singular() {
		return this.kind.toLowerCase(java.util.Locale.ROOT);
	}

}
