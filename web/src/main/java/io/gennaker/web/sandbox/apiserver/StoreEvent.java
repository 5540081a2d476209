package io.gennaker.web.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A change of one object.
 *
 * @param object as it is now, or was when it was deleted; not to be changed
 * @param previous as it was before; none if it is new
 * @param revision the resource version that the change made
 */
public record StoreEvent(Type type, ObjectKey key, ObjectNode object, @Nullable ObjectNode previous, long revision) {

	/** What happened to the object. */
	public enum Type {

		ADDED, MODIFIED, DELETED

	}

}
