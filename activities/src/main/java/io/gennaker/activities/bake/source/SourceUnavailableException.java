package io.gennaker.activities.bake.source;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A source of charts that does not answer now. Trying again may help.
 */
public final class SourceUnavailableException extends IOException {

	private static final long serialVersionUID = 1L;

	SourceUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
