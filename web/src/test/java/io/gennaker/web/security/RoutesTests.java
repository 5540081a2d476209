package io.gennaker.web.security;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import io.gennaker.web.console.ConsoleSeed;
import io.gennaker.web.service.Await;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.WholeServiceTest;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every route of the whole service against every role. A new route is added to
 * {@link #LEAST}, below the least role that may call it.
 */
@WholeServiceTest
class RoutesTests {

	private static final Map<Least, String> LEAST = Map.of(Least.EVERYBODY, """
			POST /webhooks/{receiver}/{token}
			GET /schemas/pipeline-v1.json
			GET /login
			POST /language
			GET /actuator/health
			GET /actuator/health/**
			""", Least.VIEWER, """
			ANY /error
			GET /actuator
			GET /actuator/info
			GET /actuator/prometheus
			GET /v3/api-docs
			GET /v3/api-docs.yaml
			GET /api/v1/audit
			GET /api/v1/clusters
			GET /api/v1/deliveries
			GET /api/v1/deliveries/{id}
			GET /api/v1/executions
			GET /api/v1/executions/{id}
			GET /api/v1/executions/{id}/events
			GET /api/v1/executions/{id}/stages/{stage}/bake
			GET /api/v1/executions/{id}/stages/{stage}/bake/clusters/{cluster}/values
			GET /api/v1/executions/{id}/stages/{stage}/bake/comparison
			GET /api/v1/executions/{id}/stages/{stage}/bake/manifests
			GET /api/v1/executions/{id}/stages/{stage}/clusters/{cluster}/objects
			GET /api/v1/gates
			GET /api/v1/pipelines
			GET /api/v1/pipelines/{name}
			GET /api/v1/releases
			GET /api/v1/releases/{cluster}/{namespace}/{release}
			GET /
			GET /audit
			GET /clusters
			GET /clusters/{name}
			GET /deliveries
			GET /deliveries/{id}
			GET /executions
			GET /executions/{id}
			GET /executions/{id}/comparison
			GET /executions/{id}/events
			GET /executions/{id}/gates/{stage}
			GET /executions/{id}/gates/{stage}/changes/{deploy}/{cluster}
			GET /executions/{id}/history
			GET /executions/{id}/live
			GET /executions/{id}/manifests
			GET /executions/{id}/values
			GET /gates
			GET /home/now
			GET /pipelines
			GET /pipelines/{name}
			GET /pipelines/{name}/start
			GET /pipelines/{name}/start/tags/{component}
			GET /releases
			GET /releases/{cluster}/{namespace}/{release}
			GET /search
			""", Least.ENGINEER, """
			POST /api/v1/deliveries/{id}/replay
			POST /api/v1/executions/{id}/cancel
			POST /api/v1/executions/{id}/pause
			POST /api/v1/executions/{id}/resume
			POST /api/v1/executions/{id}/stages/{stage}/rebake
			POST /api/v1/pipelines/{name}/executions
			POST /api/v1/pipelines/{name}/plan
			POST /api/v1/pipelines/{name}/validate
			POST /deliveries/{id}/replay
			POST /executions/{id}/stages/{stage}/rebake
			GET /executions/{id}/{steer:pause|resume|cancel}
			POST /executions/{id}/{steer:pause|resume|cancel}
			POST /pipelines/{name}/start
			POST /pipelines/{name}/start/plan
			""", Least.APPROVER, """
			POST /api/v1/executions/{id}/stages/{stage}/decision
			POST /executions/{id}/gates/{stage}
			""", Least.ADMIN, """
			PUT /api/v1/pipelines/{name}
			""");

	private static final Map<String, Least> ROUTES = routesOfTheTable();

	/** Changes that a program makes without naming a user: the token is in the path. */
	private static final Set<String> WITHOUT_TOKEN = Set.of("POST /webhooks/{receiver}/{token}");

	/** What a signed-in person gets no page from. */
	private static final Set<String> ELSEWHERE = Set.of("ANY /error", "GET /login");

	/** Changes that no controller makes. */
	private static final List<String> SIGNING_IN_AND_OUT = List.of("POST /login", "POST /logout");

	private static final Map<String, Set<Role>> USERS = new TreeMap<>(Map.of("viewer", Role.VIEWER.implied(),
			"engineer", Role.ENGINEER.implied(), "approver", Role.APPROVER.implied(), "admin", Role.ADMIN.implied()));

	/** What the seed holds, by variables of routes that read. */
	private static final Map<String, String> KNOWN = Map.of("id", ConsoleSeed.WAITING.toString(), "name", "classroom",
			"stage", "go-south", "deploy", "south", "cluster", "guangdong-1", "namespace", "classroom", "release",
			"classroom", "component", "api", "steer:pause|resume|cancel", "pause");

	private final Map<String, Http.Session> sessions = new HashMap<>();

	@Autowired
	private ApplicationContext context;

	@Autowired
	private ServletContext servlets;

	@Autowired
	private JdbcClient jdbc;

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeAll
	static void plant(@Autowired ApplicationContext context) {
		if (context.getBean(JdbcClient.class).sql("select count(*) from executions").query(Long.class).single() == 0) {
			ConsoleSeed.plant(context);
		}
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
		USERS.keySet().forEach((user) -> this.sessions.put(user, this.http.signIn(user)));
	}

	@Test
	void everyRouteIsListedWithItsLeastRole() {
		assertThat(routes()).isEqualTo(new TreeSet<>(ROUTES.keySet()));
	}

	@Test
	void thereIsNoOtherDoorThanTheRoutes() {
		assertThat(this.context.getBeansOfType(RouterFunction.class)).isEmpty();
		this.context.getBeansOfType(SimpleUrlHandlerMapping.class)
			.values()
			.forEach((mapping) -> assertThat(mapping.getUrlMap().values()).allSatisfy(
					(handler) -> assertThat(handler).isInstanceOfAny(String.class, ResourceHttpRequestHandler.class)));
		assertThat(this.servlets.getServletRegistrations().keySet()).containsExactly("dispatcherServlet");
	}

	@Test
	void nobodyComesInWithoutSigningIn() {
		for (String route : routes()) {
			int status = this.http.status(request(route, this.http.to(path(route))));
			if (changes(route) && !WITHOUT_TOKEN.contains(route)) {
				assertThat(status).as(route).isEqualTo(403);
			}
			else if (ROUTES.get(route) == Least.EVERYBODY) {
				assertThat(status).as(route).isNotIn(401, 403);
			}
			else {
				assertThat(status).as(route).isEqualTo(401);
			}
		}
	}

	@Test
	void eachRoleReachesItsRoutesOnly() {
		Map<String, String> tokens = new HashMap<>();
		USERS.keySet().forEach((user) -> tokens.put(user, token(user)));
		List<String> wrong = new ArrayList<>();
		for (String route : routes()) {
			USERS.forEach((user, roles) -> {
				// A right token: only then does the answer tell of the role.
				HttpRequest.Builder asking = programs(route) ? this.http.as(user, path(route))
						: withSession(user, path(route)).header("X-CSRF-TOKEN", tokens.get(user));
				int status = this.http.status(request(route, asking));
				boolean reached = status != 401 && status != 403;
				boolean may = ROUTES.get(route).isReachedBy(roles);
				if (reached != may || (!reached && status != 403) || status >= 500) {
					wrong.add(user + " " + route + " " + status);
				}
			});
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void noSessionChangesAnythingWithoutItsToken() {
		List<String> changes = new ArrayList<>(SIGNING_IN_AND_OUT);
		routes().stream().filter((route) -> changes(route) && !WITHOUT_TOKEN.contains(route)).forEach(changes::add);
		for (String route : changes) {
			for (String user : List.of("admin", "approver")) {
				refusedForLackOfToken(route, withSession(user, path(route)));
				refusedForLackOfToken(route, withSession(user, path(route)).header("X-CSRF-TOKEN", "guessed"));
				if (!programs(route)) {
					refusedForLackOfToken(route, this.http.as(user, path(route)));
				}
			}
		}
	}

	/**
	 * What reading changes it changes each time; what the service does by itself with the
	 * seed's executions, it does once.
	 */
	@Test
	void readingChangesNothing() {
		Await.until(() -> {
			Map<String, String> before = contents();
			assertThat(readEverything()).isEmpty();
			return contents().equals(before);
		});
	}

	private List<String> readEverything() {
		List<String> wrong = new ArrayList<>();
		for (String route : routes()) {
			if (!changes(route)) {
				for (String user : USERS.keySet()) {
					int status = this.http.status(request(route,
							programs(route) ? this.http.as(user, path(route)) : withSession(user, path(route))));
					// Only what is really read tells that reading changes nothing.
					if (status != 200 && ROUTES.get(route).isReachedBy(USERS.get(user)) && !ELSEWHERE.contains(route)) {
						wrong.add(user + " " + route + " " + status);
					}
				}
			}
		}
		return wrong;
	}

	private void refusedForLackOfToken(String route, HttpRequest.Builder asking) {
		HttpResponse<String> answer = this.http.send(request(route, asking));
		assertThat(answer.statusCode()).as(route).isEqualTo(403);
		assertThat(answer.body()).as(route).contains("/problems/csrf");
	}

	private HttpRequest.Builder withSession(String user, String path) {
		return this.http.to(path).header("Cookie", this.sessions.get(user).cookie());
	}

	private String token(String user) {
		return Http.csrf(this.http.send(withSession(user, "/").header("Accept", "text/html")).body());
	}

	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		this.context.getBeansOfType(RequestMappingInfoHandlerMapping.class)
			.values()
			.forEach((mapping) -> mapping.getHandlerMethods().keySet().forEach((info) -> routes.addAll(routes(info))));
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

	/**
	 * Where a route leads: to something of the seed if it reads, else to nothing that
	 * there is.
	 */
	private static String path(String route) {
		String path = route.substring(route.indexOf(' ') + 1).replace("/**", "/liveness");
		if (changes(route)) {
			path = path.replace("{id}", new UUID(0x0197_0000_0000_7000L, 0x8000_0000_0000_0000L).toString())
				.replaceAll("\\{steer:[^}]+}", "pause");
		}
		else {
			path = path.replace("/deliveries/{id}", "/deliveries/" + ConsoleSeed.DELIVERY)
				.replace("/clusters/{name}", "/clusters/beijing")
				.replace("/releases/{cluster}", "/releases/beijing")
				.replace("/stages/{stage}/clusters/{cluster}", "/stages/beijing/clusters/beijing")
				.replace("/stages/{stage}/bake", "/stages/bake/bake");
			if (path.endsWith("/values")) {
				path += "?stage=bake&cluster=guangdong-1";
			}
			if (path.endsWith("/comparison")) {
				path += "?stage=bake&with=" + ConsoleSeed.WAITING;
			}
			for (Map.Entry<String, String> known : KNOWN.entrySet()) {
				path = path.replace("{" + known.getKey() + "}", known.getValue());
			}
		}
		return path.replaceAll("\\{[^}]+}", "unknown");
	}

	private static boolean changes(String route) {
		return !route.startsWith("GET ") && !route.startsWith("ANY ");
	}

	private static boolean programs(String route) {
		return path(route).startsWith("/api/") || path(route).startsWith("/v3/")
				|| path(route).startsWith("/actuator/");
	}

	private static Map<String, Least> routesOfTheTable() {
		Map<String, Least> routes = new TreeMap<>();
		LEAST.forEach((least, list) -> list.lines().forEach((route) -> routes.put(route, least)));
		return routes;
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
