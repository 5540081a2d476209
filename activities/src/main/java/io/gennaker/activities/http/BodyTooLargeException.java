package io.gennaker.activities.http;

import java.io.IOException;

/**
 * An answer that is larger than it may be. Asking again does not help.
 */
public final class BodyTooLargeException extends IOException {

	private static final long serialVersionUID = 1L;

	BodyTooLargeException(long limit) {
		super("the answer is larger than " + size(limit) + ", which is the limit");
	}

	private static String size(long bytes) {
		return (bytes % 1024 == 0) ? bytes / 1024 + " KiB" : bytes + " bytes";
	}

}
