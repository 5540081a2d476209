package io.gennaker.activities.bake.renderer;

import java.io.IOException;

/**
 * A child process ended in the midst of its work without having been stopped for a limit.
 */
final class ChildDiedException extends IOException {

	private static final long serialVersionUID = 1L;

	ChildDiedException(String message) {
		super(message);
	}

}
