package io.gennaker.web.security;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import io.gennaker.web.api.Problem;
import io.gennaker.web.api.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps everybody but the machine's own users away from the demo users. The socket's peer
 * decides; a request that a proxy on this machine passed on does not count as its own.
 */
final class SameMachineFilter extends OncePerRequestFilter {

	private static final List<String> PASSED_ON = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
			"X-Real-IP", "Via");

	private final ProblemAnswers answers;

	SameMachineFilter(ProblemAnswers answers) {
		this.answers = answers;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean passedOn = PASSED_ON.stream().anyMatch((header) -> request.getHeader(header) != null);
		if (passedOn || !isLoopback(PeerAddressValve.peer(request))) {
			this.answers.send(request, response, Problem.FORBIDDEN,
					"The demo users may be used from the service's own machine only, and not through a proxy. "
							+ "Configure gennaker.users to open the service to others.");
			return;
		}
		chain.doFilter(request, response);
	}

	private static boolean isLoopback(@Nullable String peer) {
		return peer != null && InetAddress.ofLiteral(peer).isLoopbackAddress();
	}

}
