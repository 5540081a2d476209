package io.gennaker.web.security;

import java.io.IOException;
import java.util.Set;

import io.gennaker.web.api.Problem;
import io.gennaker.web.api.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A browser that has remembered a Basic password sends it along with another site's
 * requests as well; those are refused.
 */
final class CrossSiteFilter extends OncePerRequestFilter {

	private static final Set<String> OWN = Set.of("same-origin", "none");

	private final ProblemAnswers answers;

	CrossSiteFilter(ProblemAnswers answers) {
		this.answers = answers;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null && !OWN.contains(site) && RoleGuard.changes(request)) {
			this.answers.send(request, response, Problem.CSRF, "Another site's page asks for this change.");
			return;
		}
		chain.doFilter(request, response);
	}

}
