package io.gennaker.web.sandbox.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gennaker.web.sandbox.apiserver.ObjectKey;

/**
 * Brings the cluster one step nearer to what an object of one kind wants. It is called
 * after each change of the object or of what it controls, and may be called at any other
 * time.
 */
@FunctionalInterface
interface Reconciler {

	/** Does what the object, as it is now, asks for. */
	void reconcile(ObjectKey key, ObjectNode object);

}
