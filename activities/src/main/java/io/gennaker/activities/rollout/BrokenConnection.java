package io.gennaker.activities.rollout;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be made or broke, in words. The JDK's client leaves the most
 * frequent reasons without any.
 */
public final class BrokenConnection {

	private BrokenConnection() {
	}

	/**
	 * The innermost words that there are: clients wrap what the network said.
	 */
	public static String words(Throwable failure) {
		String words = said(failure);
		boolean connecting = false;
		Throwable innermost = failure;
		for (Throwable at = failure; at != null; at = (at.getCause() != at) ? at.getCause() : null) {
			innermost = at;
			connecting |= at instanceof ConnectException;
			words = (at instanceof IOException && said(at) != null) ? said(at) : words;
		}
		String last = said(innermost);
		return switch (innermost) {
			case UnresolvedAddressException _ -> "the name of its host is unknown";
			case UnknownHostException _ -> "the name of its host is unknown: " + last;
			default -> {
				if (last != null) {
					yield last;
				}
				if (connecting) {
					yield "nothing accepts connections there";
				}
				yield (words != null) ? words : innermost.getClass().getSimpleName();
			}
		};
	}

	private static @Nullable String said(Throwable failure) {
		String message = failure.getMessage();
		return (message == null || message.isBlank()) ? null : message;
	}

}
