package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OciRegistryTests {

	private static final String ONE = "sha256:" + "1".repeat(64);

	private static final String TWO = "sha256:" + "2".repeat(64);

	private static final String THREE = "sha256:" + "3".repeat(64);

	private static final String PATH = "/v2/classroom/api/";

	private FakeRegistry server;

	@BeforeEach
	void start() throws IOException {
		this.server = new FakeRegistry();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private OciRegistry registry() {
		return new OciRegistry(List.of(new RegistryHost(this.server.host(), true, null, null)));
	}

	private OciRegistry registryWithPassword() {
		return new OciRegistry(List.of(new RegistryHost(this.server.host(), true, "reader", "s3cret")));
	}

	private String refusal(OciRegistry registry) {
		return assertThatExceptionOfType(RegistryException.class)
			.isThrownBy(() -> registry.digest(this.server.image(), "v1"))
			.actual()
			.getMessage();
	}

	@Test
	void aTagHasItsDigest() throws IOException {
		this.server.tag("v1", ONE, "2026-01-01T00:00:00Z");
		assertThat(registry().digest(this.server.image(), "v1")).contains(ONE);
		assertThat(this.server.requests).containsExactly("HEAD " + PATH + "manifests/v1 null");
	}

	@Test
	void aDigestIsItself() throws IOException {
		this.server.tag("v1", ONE, "2026-01-01T00:00:00Z");
		assertThat(registry().digest(this.server.image(), ONE)).contains(ONE);
		assertThat(registry().digest(this.server.image(), TWO)).isEmpty();
	}

	@Test
	void anUnknownTagHasNone() throws IOException {
		assertThat(registry().digest(this.server.image(), "v9")).isEmpty();
		assertThat(registry().digest(this.server.image(), "../../x")).isEmpty();
		assertThat(this.server.requests).hasSize(1);
	}

	@Test
	void aDigestThatTheRegistryDoesNotNameIsComputed() throws IOException {
		this.server.answer(PATH + "manifests/v1", 200, "{}");
		assertThat(registry().digest(this.server.image(), "v1"))
			.contains("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
	}

	@Test
	void anotherDigestThanAskedForIsRefused() {
		this.server.answer(PATH + "manifests/" + ONE, 200, "{}", "Docker-Content-Digest", TWO);
		assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry().digest(this.server.image(), ONE))
			.withMessageContaining("was asked for " + ONE)
			.withMessageContaining("gave " + TWO);
	}

	@Test
	void tokensAreFetchedOnceAndKept() throws IOException {
		this.server.authorization = "Bearer t0ken";
		this.server.challenge = "Bearer realm=\"http://" + this.server.host()
				+ "/token\",service=\"registry\",scope=\"repository:classroom/api:pull\"";
		this.server.token = "{\"token\":\"t0ken\",\"expires_in\":300}";
		this.server.tag("v1", ONE, "2026-01-01T00:00:00Z");
		OciRegistry registry = registryWithPassword();
		assertThat(registry.digest(this.server.image(), "v1")).contains(ONE);
		assertThat(registry.digest(this.server.image(), "v1")).contains(ONE);
		assertThat(this.server.requests).containsExactly("HEAD " + PATH + "manifests/v1 null",
				"GET /token?service=registry&scope=repository%3Aclassroom%2Fapi%3Apull "
						+ FakeRegistry.basic("reader", "s3cret"),
				"HEAD " + PATH + "manifests/v1 Bearer t0ken", "HEAD " + PATH + "manifests/v1 Bearer t0ken");
	}

	@Test
	void anybodyMayFetchATokenToo() throws IOException {
		this.server.authorization = "Bearer t0ken";
		this.server.challenge = "Bearer realm=\"http://" + this.server.host() + "/token\"";
		this.server.token = "{\"access_token\":\"t0ken\"}";
		this.server.tag("v1", ONE, "2026-01-01T00:00:00Z");
		assertThat(registry().digest(this.server.image(), "v1")).contains(ONE);
		assertThat(this.server.requests.get(1)).startsWith("GET /token").endsWith(" null");
	}

	@Test
	void basicAuthenticationWorks() throws IOException {
		this.server.authorization = FakeRegistry.basic("reader", "s3cret");
		this.server.challenge = "Basic realm=\"registry\"";
		this.server.tag("v1", ONE, "2026-01-01T00:00:00Z");
		assertThat(registryWithPassword().digest(this.server.image(), "v1")).contains(ONE);
		assertThat(refusal(registry())).contains(this.server.host(), "HTTP 401", "gennaker.registries");
	}

	@Test
	void aPasswordGoesToNoTokenServiceWithoutTls() throws IOException {
		try (FakeRegistry thief = new FakeRegistry()) {
			this.server.authorization = "Bearer t0ken";
			this.server.challenge = "Bearer realm=\"http://" + thief.host() + "/token\"";
			assertThat(refusal(registryWithPassword())).contains("token service http://" + thief.host())
				.doesNotContain("s3cret");
			assertThat(thief.requests).isEmpty();
		}
	}

	@Test
	void redirectsIntoTheMachineAreNotFollowed() throws IOException {
		try (FakeRegistry other = new FakeRegistry()) {
			this.server.answer(PATH + "manifests/v1", 307, "", "Location", "http://" + other.host() + "/secret");
			assertThat(refusal(registry())).contains("does not follow");
			this.server.answer(PATH + "manifests/v1", 307, "", "Location", "https://127.0.0.1:1/secret");
			assertThat(refusal(registry())).contains("does not follow");
			assertThat(other.requests).isEmpty();
		}
	}

	@Test
	void authorizationDoesNotFollowRedirectsToOthers() throws IOException {
		this.server.authorization = FakeRegistry.basic("reader", "s3cret");
		this.server.challenge = "Basic realm=\"registry\"";
		this.server.answer(PATH + "manifests/v1", 307, "", "Location", PATH + "manifests/moved")
			.answer(PATH + "manifests/moved", 200, "", "Docker-Content-Digest", ONE);
		assertThat(registryWithPassword().digest(this.server.image(), "v1")).contains(ONE);
		assertThat(this.server.requests.getLast()).startsWith("HEAD " + PATH + "manifests/moved Basic");
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 500, 503 })
	void refusalsNameHostAndStatus(int status) {
		this.server.answer(PATH + "manifests/v1", status, "it is\nbroken");
		assertThat(refusal(registry())).contains(this.server.host(), "HTTP " + status + " for classroom/api");
	}

	@Test
	void aRegistryThatIsAskedTooOftenSaysWhenAgain() {
		this.server.answer(PATH + "manifests/v1", 429, "", "Retry-After", "17");
		assertThat(refusal(registry())).contains("HTTP 429", "asked again in 17");
	}

	@Test
	void aRegistryThatIsNotThereIsNamed() throws IOException {
		String host;
		try (ServerSocket socket = new ServerSocket(0)) {
			host = "127.0.0.1:" + socket.getLocalPort();
		}
		OciRegistry registry = new OciRegistry(List.of(new RegistryHost(host, true, null, null)));
		assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.digest(host + "/a/b", "v1"))
			.withMessage(host + ": it cannot be reached");
	}

	@Test
	void aRegistryThatIsSilentIsNotWaitedForForEver() throws IOException {
		try (ServerSocket silent = new ServerSocket(0)) {
			String host = "127.0.0.1:" + silent.getLocalPort();
			OciRegistry registry = new OciRegistry(List.of(new RegistryHost(host, true, null, null)),
					new RegistryTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200)));
			assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.digest(host + "/a/b", "v1"))
				.withMessage(host + ": it does not answer within 200 ms");
		}
	}

	@Test
	void hostsAreSpokenToByTlsUnlessExcepted() {
		assertThat(refusal(new OciRegistry(List.of()))).contains(this.server.host());
		assertThat(this.server.requests).isEmpty();
	}

	@Test
	void tagsComeNewestFirstOverAllPages() throws IOException {
		this.server
			.answer(PATH + "tags/list?n=1000", 200, "{\"tags\":[\"v1.9\",\"v1.10\"]}", "Link",
					"<" + PATH + "tags/list?n=1000&last=v1.10>; rel=\"next\"")
			.answer(PATH + "tags/list?n=1000&last=v1.10", 200, "{\"tags\":[\"old\",\"gone\"]}")
			.tag("v1.9", ONE, "2026-02-02T00:00:00.123456789Z")
			.tag("v1.10", TWO, "2026-01-01T08:00:00+08:00")
			.tag("old", THREE, "2025-01-01T00:00:00Z");
		List<ImageRegistry.Tag> tags = registry().tags(this.server.image(), 10);
		assertThat(tags).extracting(ImageRegistry.Tag::name).containsExactly("v1.9", "v1.10", "old");
		assertThat(tags.get(1)).isEqualTo(new ImageRegistry.Tag("v1.10", TWO, Instant.parse("2026-01-01T00:00:00Z")));
		assertThat(registry().tags(this.server.image(), 1)).hasSize(1);
	}

	@Test
	void tagsOfSeveralPlatformsHaveTheTimeOfOne() throws IOException {
		this.server.tag("v1", ONE, "2026-02-02T00:00:00Z")
			.answer(PATH + "tags/list?n=1000", 200, "{\"tags\":[\"multi\"]}")
			.answer(PATH + "manifests/multi", 200, "", "Docker-Content-Digest", TWO)
			.answer(PATH + "manifests/" + TWO, 200,
					"{\"manifests\":[{\"digest\":\"sha256:x\",\"platform\":{\"os\":\"unknown\"}},{\"digest\":\"" + ONE
							+ "\",\"platform\":{\"os\":\"linux\"}}]}");
		assertThat(registry().tags(this.server.image(), 10))
			.containsExactly(new ImageRegistry.Tag("multi", TWO, Instant.parse("2026-02-02T00:00:00Z")));
	}

	@Test
	void timesAreLookedUpOnce() throws IOException {
		this.server.tag("v1", ONE, "2026-02-02T00:00:00Z")
			.answer(PATH + "tags/list?n=1000", 200, "{\"tags\":[\"v1\"]}");
		OciRegistry registry = registry();
		registry.tags(this.server.image(), 10);
		registry.tags(this.server.image(), 10);
		assertThat(this.server.requests).filteredOn((request) -> request.contains("/blobs/")).hasSize(1);
	}

	@Test
	void aRepositoryThatIsNotThereHasNoTags() throws IOException {
		assertThat(registry().tags(this.server.image(), 10)).isEmpty();
	}

	@Test
	void aNextPageElsewhereIsRefused() {
		this.server.answer(PATH + "tags/list?n=1000", 200, "{\"tags\":[\"v1\"]}", "Link",
				"<http://169.254.169.254/latest>; rel=\"next\"");
		assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry().tags(this.server.image(), 10))
			.withMessageContaining("another host");
	}

}
