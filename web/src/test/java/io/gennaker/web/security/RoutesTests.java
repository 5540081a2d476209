package io.gennaker.web.security;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.gennaker.web.service.Http;
import io.gennaker.web.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Every route of the service against every role. A new route is added to {@link #ROUTES},
 * with the least role that may call it.
 */
@ServiceTest
class RoutesTests {

	private static final Map<String, Least> ROUTES = Map.ofEntries(
			// Everybody's
			Map.entry("POST /webhooks/{receiver}/{token}", Least.EVERYBODY), Map.entry("GET /login", Least.EVERYBODY),
			Map.entry("ANY /error", Least.VIEWER), Map.entry("GET /actuator/health", Least.EVERYBODY),
			Map.entry("GET /actuator/health/**", Least.EVERYBODY),
			// The service's own
			Map.entry("GET /actuator", Least.VIEWER), Map.entry("GET /actuator/info", Least.VIEWER),
			Map.entry("GET /actuator/prometheus", Least.VIEWER), Map.entry("GET /v3/api-docs", Least.VIEWER),
			Map.entry("GET /v3/api-docs.yaml", Least.VIEWER),
			// The API
			Map.entry("GET /api/v1/audit", Least.VIEWER), Map.entry("GET /api/v1/deliveries", Least.VIEWER),
			Map.entry("GET /api/v1/deliveries/{id}", Least.VIEWER),
			Map.entry("POST /api/v1/deliveries/{id}/replay", Least.ENGINEER));

	private static final Map<String, Set<Role>> USERS = new TreeMap<>(Map.of("viewer", Role.VIEWER.implied(),
			"engineer", Role.ENGINEER.implied(), "approver", Role.APPROVER.implied(), "admin", Role.ADMIN.implied()));

	@Autowired
	private ApplicationContext context;

	@Autowired
	private JdbcClient jdbc;

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@Test
	void everyRouteIsListedWithItsLeastRole() {
		assertThat(routes()).isSubsetOf(ROUTES.keySet());
	}

	@Test
	void nobodyComesInWithoutSigningIn() {
		for (String route : routes()) {
			int status = this.http.status(request(route, this.http.to(path(route))));
			if (ROUTES.get(route) == Least.EVERYBODY) {
				assertThat(status).as(route).isNotIn(401, 403);
			}
			else {
				assertThat(status).as(route).isEqualTo(changes(route) ? 403 : 401);
			}
		}
	}

	@Test
	void eachRoleReachesItsRoutesOnly() {
		List<String> wrong = new ArrayList<>();
		for (String route : routes()) {
			USERS.forEach((user, roles) -> {
				int status = programs(route) ? this.http.status(request(route, this.http.as(user, path(route))))
						: statusOfPage(user, route);
				boolean allowed = status != 401 && status != 403;
				if (allowed != ROUTES.get(route).isReachedBy(roles)) {
					wrong.add(user + " " + route + " " + status);
				}
			});
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void noSessionChangesAnythingWithoutItsToken() {
		Http.Session admin = this.http.signIn("admin");
		Http.Session approver = this.http.signIn("approver");
		for (String route : routes()) {
			if (changes(route) && ROUTES.get(route) != Least.EVERYBODY) {
				for (Http.Session session : List.of(admin, approver)) {
					HttpResponse<String> answer = this.http
						.send(request(route, this.http.to(path(route)).header("Cookie", session.cookie())));
					assertThat(answer.statusCode()).as(route).isEqualTo(403);
					assertThat(answer.body()).as(route).contains("/problems/csrf");
				}
			}
		}
	}

	@Test
	void readingChangesNothing() {
		Map<String, String> before = contents();
		for (String route : routes()) {
			if (!changes(route)) {
				USERS.keySet().forEach((user) -> this.http.status(request(route, this.http.as(user, path(route)))));
			}
		}
		assertThat(contents()).isEqualTo(before);
	}

	private int statusOfPage(String user, String route) {
		Http.Session session = this.http.signIn(user);
		HttpRequest.Builder request = this.http.to(path(route)).header("Cookie", session.cookie());
		if (changes(route)) {
			// A route that asks for another role refuses before the token is looked at or
			// after: only a right token tells which.
			request.header("X-CSRF-TOKEN", token(session));
		}
		return this.http.status(request(route, request));
	}

	private String token(Http.Session session) {
		String page = this.http.send(this.http.to("/").header("Cookie", session.cookie()).header("Accept", "text/html"))
			.body();
		return Http.csrf(page);
	}

	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		this.context.getBeansOfType(RequestMappingInfoHandlerMapping.class)
			.values()
			.forEach((mapping) -> mapping.getHandlerMethods().keySet().forEach((info) -> routes.addAll(routes(info))));
		if (routes.isEmpty()) {
			fail("no route was found");
		}
		return routes;
	}

	private static Set<String> routes(RequestMappingInfo info) {
		Set<String> routes = new TreeSet<>();
		for (String path : info.getPatternValues()) {
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			if (methods.isEmpty()) {
				routes.add("ANY " + path);
			}
			methods.forEach((method) -> routes.add(method + " " + path));
		}
		return routes;
	}

	private Map<String, String> contents() {
		Map<String, String> contents = new TreeMap<>();
		List<String> tables = this.jdbc
			.sql("select table_name from information_schema.tables where table_schema = 'public'")
			.query(String.class)
			.list();
		for (String table : tables) {
			contents.put(table, this.jdbc
				.sql("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "
						+ table + " t")
				.query(String.class)
				.single());
		}
		return contents;
	}

	private static HttpRequest.Builder request(String route, HttpRequest.Builder request) {
		String method = route.substring(0, route.indexOf(' '));
		return switch (method) {
			case "GET", "ANY" -> request.GET();
			default -> request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString("{}"));
		};
	}

	private static String path(String route) {
		return route.substring(route.indexOf(' ') + 1)
			.replace("{id}", "01900000-0000-7000-8000-000000000000")
			.replace("/**", "/liveness")
			.replaceAll("\\{[^}]+}", "unknown");
	}

	private static boolean changes(String route) {
		return !route.startsWith("GET ") && !route.startsWith("ANY ");
	}

	private static boolean programs(String route) {
		return path(route).startsWith("/api/") || path(route).startsWith("/v3/") || path(route).startsWith("/actuator");
	}

	/**
	 * The least that a route asks for.
	 */
	private enum Least {

		EVERYBODY, VIEWER, ENGINEER, APPROVER, ADMIN;

		boolean isReachedBy(Set<Role> roles) {
			return switch (this) {
				case EVERYBODY -> true;
				case VIEWER -> roles.contains(Role.VIEWER);
				case ENGINEER -> roles.contains(Role.ENGINEER);
				case APPROVER -> roles.contains(Role.APPROVER);
				case ADMIN -> roles.contains(Role.ADMIN);
			};
		}

	}

}
