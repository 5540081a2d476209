package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * When objects of a kind count as healthy, instead of the rules that are built in. The
 * expressions are CEL over {@code object}, the object as its API server has it.
 *
 * @param kind the kind, such as {@code Rollout}
 * @param apiVersion the API version that the object must have; null for any
 * @param healthy true for an object that is what it should be
 * @param failed true for one that will not become so; null where it never says so
 * @param message a text for people; null for none
 */
public record HealthRule(String kind, @Nullable String apiVersion, String healthy, @Nullable String failed,
		@Nullable String message) {

	/**
	 * Whether it is for objects of a kind.
	 */
	public boolean covers(String itsApiVersion, String itsKind) {
		return this.kind.equals(itsKind) && (this.apiVersion == null || this.apiVersion.equals(itsApiVersion));
	}

}
