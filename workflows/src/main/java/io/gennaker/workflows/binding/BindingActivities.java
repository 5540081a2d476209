package io.gennaker.workflows.binding;

import io.temporal.activity.ActivityInterface;

/**
 * Binds artifacts when an execution starts.
 */
@ActivityInterface(namePrefix = "Binding")
public interface BindingActivities {

	/**
	 * Gives every artifact its digest: what was requested, else what the last release in
	 * the cluster carries, else the default. Fails permanently
	 * ({@link io.gennaker.workflows.release.Failures#UNKNOWN_IMAGE}) with every artifact
	 * that has none or whose tag the registry does not know; an unreachable registry is
	 * retried. An image that does not carry the signature that its artifact asks for
	 * fails permanently too
	 * ({@link io.gennaker.workflows.release.Failures#UNVERIFIED_IMAGE}).
	 */
	Bindings bind(BindingRequest request);

}
