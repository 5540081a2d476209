package io.gennaker.web.security;

import java.io.IOException;
import java.util.stream.Stream;

import io.gennaker.web.api.ProblemAnswers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The rules of requests, in three kinds: what is open to everybody, what names its user
 * in the {@code Authorization} header, and everything else, which takes a session. Only
 * the second kind does without a CSRF token, and it never looks at a cookie.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {

	private static final RequestMatcher OPEN = anyOf("/webhooks/**", "/schemas/**", "/console/**", "/webjars/**",
			"/favicon.ico", "/favicon.svg");

	/** Open to everybody; who names themselves learns the details too. */
	private static final RequestMatcher HEALTH = anyOf("/actuator/health", "/actuator/health/**");

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
			+ "frame-ancestors 'none'";

	@Bean
	@Order(1)
	SecurityFilterChain openRequests(HttpSecurity http) {
		return http.securityMatcher(SecurityConfiguration::open)
			.headers(headers())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain requestsThatNameTheirUser(HttpSecurity http, AuthenticationManager passwords,
			SignInAnswers signIn, ProblemAnswers answers, UserDirectory directory) {
		keepDemoUsersHere(http, answers, directory);
		return http.securityMatcher(SecurityConfiguration::namesItsUser)
			.authenticationManager(passwords)
			.headers(headers())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.addFilterAfter(new CrossSiteFilter(answers), HeaderWriterFilter.class)
			.httpBasic((basic) -> basic.authenticationEntryPoint(signIn))
			.exceptionHandling((faults) -> faults.authenticationEntryPoint(signIn).accessDeniedHandler(signIn))
			.authorizeHttpRequests((requests) -> requests
				.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
				.permitAll()
				.anyRequest()
				.hasRole(Role.VIEWER.name()))
			.build();
	}

	@Bean
	@Order(3)
	SecurityFilterChain requestsOfSessions(HttpSecurity http, AuthenticationManager passwords, SignInAnswers signIn,
			ProblemAnswers answers, UserDirectory directory, LoginAudit audit) {
		keepDemoUsersHere(http, answers, directory);
		return http.authenticationManager(passwords)
			.headers(headers())
			.requestCache((cache) -> cache.requestCache(pagesOnly()))
			.csrf(Customizer.withDefaults())
			.formLogin((
					form) -> form.loginPage("/login").successHandler(audited(audit)).failureHandler(signIn).permitAll())
			.logout((logout) -> logout.addLogoutHandler((_, _, signedIn) -> {
				if (signedIn != null) {
					audit.signedOut(signedIn.getName());
				}
			}).logoutSuccessUrl("/login?signed-out"))
			.exceptionHandling((faults) -> faults.authenticationEntryPoint(signIn).accessDeniedHandler(signIn))
			.authorizeHttpRequests((requests) -> requests
				.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
				.permitAll()
				.requestMatchers(HttpMethod.GET, "/login")
				.permitAll()
				// The language of the sign-in page itself.
				.requestMatchers(HttpMethod.POST, "/language")
				.permitAll()
				.anyRequest()
				.hasRole(Role.VIEWER.name()))
			.build();
	}

	private static void keepDemoUsersHere(HttpSecurity http, ProblemAnswers answers, UserDirectory directory) {
		if (directory.isDemo()) {
			http.addFilterAfter(new SameMachineFilter(answers), HeaderWriterFilter.class);
		}
	}

	private static RequestMatcher anyOf(String... patterns) {
		return new OrRequestMatcher(
				Stream.of(patterns).<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher).toList());
	}

	private static boolean open(HttpServletRequest request) {
		return OPEN.matches(request) || (HEALTH.matches(request) && !namesItsUser(request));
	}

	private static boolean namesItsUser(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return request.getHeader(HttpHeaders.AUTHORIZATION) != null
				&& (path.startsWith("/api/") || path.startsWith("/v3/") || path.startsWith("/actuator/"));
	}

	private static HttpSessionRequestCache pagesOnly() {
		HttpSessionRequestCache cache = new HttpSessionRequestCache();
		cache.setRequestMatcher((request) -> "GET".equals(request.getMethod()) && ProblemAnswers.wantsPage(request)
				&& request.getHeader("HX-Request") == null);
		return cache;
	}

	private static SavedRequestAwareAuthenticationSuccessHandler audited(LoginAudit audit) {
		return new SavedRequestAwareAuthenticationSuccessHandler() {
			@Override
			public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
					Authentication authentication) throws IOException, ServletException {
				audit.succeeded(authentication.getName(), request.getRemoteAddr());
				super.onAuthenticationSuccess(request, response, authentication);
			}
		};
	}

	private static Customizer<HeadersConfigurer<HttpSecurity>> headers() {
		return (headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(POLICY))
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
			.crossOriginOpenerPolicy(
					(opener) -> opener.policy(CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN))
			.crossOriginResourcePolicy((resource) -> resource
				.policy(CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN));
	}

}
