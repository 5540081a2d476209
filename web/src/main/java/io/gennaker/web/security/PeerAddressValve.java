package io.gennaker.web.security;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the address at the other end of the socket, which no header changes, and keeps
 * webhooks, whose paths hold a token, out of the access log.
 */
final class PeerAddressValve extends ValveBase {

	/** The access log leaves out requests with this attribute. */
	static final String UNLOGGED = "io.gennaker.unlogged";

	private static final String PEER = "io.gennaker.peer";

	PeerAddressValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		request.setAttribute(PEER, request.getPeerAddr());
		if (String.valueOf(request.getRequestURI()).contains("webhooks")) {
			request.setAttribute(UNLOGGED, Boolean.TRUE);
		}
		getNext().invoke(request, response);
	}

	/**
	 * The peer's address; null where the valve has not seen the request.
	 */
	static @Nullable String peer(ServletRequest request) {
		return (request.getAttribute(PEER) instanceof String peer) ? peer : null;
	}

}
