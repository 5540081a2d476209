package io.gennaker.web.assembly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.gennaker.web.console.ConsoleSeed;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.WholeServiceTest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * What people send by mistake or by malice, through the whole service: it is refused in
 * words that name the place, and nothing of it is kept.
 */
@WholeServiceTest
class BadInputTests {

	private static final String DOCUMENT = "version: 1\nname: smuggled\nstages:\n  rest: {type: wait, for: 1s}\n";

	@Autowired
	private JdbcClient jdbc;

	@LocalServerPort
	private int port;

	private Http http;

	private long executions;

	@BeforeAll
	static void plant(@Autowired ApplicationContext context) {
		if (context.getBean(JdbcClient.class).sql("select count(*) from executions").query(Long.class).single() == 0) {
			ConsoleSeed.plant(context);
		}
	}

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
		this.executions = count("executions");
	}

	@AfterEach
	void nothingWasKept() {
		assertThat(count("executions")).isEqualTo(this.executions);
		assertThat(this.http.get("viewer", "/api/v1/pipelines/smuggled").statusCode()).isEqualTo(404);
	}

	@Test
	void aBombOfAliasesIsRefusedSoon() {
		String bomb = DOCUMENT + "a0: &a0 [x, x]\n"
				+ IntStream.rangeClosed(1, 25)
					.mapToObj((i) -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
					.collect(Collectors.joining());
		assertTimeout(Duration.ofSeconds(10),
				() -> refused(put(bomb.getBytes(StandardCharsets.UTF_8)), "pipeline.yaml", "aliases"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../outside.yaml", "chart/../../outside.yaml", "/etc/cron.d/outside" })
	void aBundleWhosePathsLeadOutIsRefused(String path) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (String entry : new String[] { "pipeline.yaml", path }) {
				zip.putNextEntry(new ZipEntry(entry));
				zip.write(DOCUMENT.getBytes(StandardCharsets.UTF_8));
			}
		}
		refused(put(bytes.toByteArray()), path, "leads out");
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_SYMLINK, TarConstants.LF_LINK })
	void aChartWithALinkIsRefused(byte kind) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
			TarArchiveEntry document = new TarArchiveEntry("pipeline.yaml");
			document.setSize(DOCUMENT.length());
			tar.putArchiveEntry(document);
			tar.write(DOCUMENT.getBytes(StandardCharsets.UTF_8));
			tar.closeArchiveEntry();
			TarArchiveEntry link = new TarArchiveEntry("chart/templates/hosts.yaml", kind);
			link.setLinkName("/etc/hosts");
			tar.putArchiveEntry(link);
			tar.closeArchiveEntry();
		}
		HttpResponse<String> answer = put(bytes.toByteArray());
		refused(answer, "chart/templates/hosts.yaml", "is a link");
		assertThat(answer.body()).doesNotContain("localhost");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "chartVersion|\"1.4\"", "chartVersion|\"1.4.0\\nkind: Secret\"",
			"replicas|99", "logLevel|\"trace\"", "clusters|[\"nowhere\"]", "nothing|1" })
	void aParameterThatDoesNotFitIsRefusedByItsName(String parameter, String value) {
		HttpResponse<String> answer = this.http.post("engineer", "/api/v1/pipelines/classroom/executions",
				"{\"parameters\": {\"" + parameter + "\": " + value + "}}");
		refused(answer, "parameters." + parameter);
	}

	@Test
	void aDecisionByWhoMayNotDecideIsRefused() {
		String gate = "/api/v1/executions/" + ConsoleSeed.WAITING + "/stages/go-south/decision";
		for (String user : new String[] { "viewer", "engineer", "admin" }) {
			assertThat(this.http.post(user, gate, "{\"decision\": \"approve\"}").statusCode()).as(user).isEqualTo(403);
		}
		assertThat(this.jdbc.sql("select count(*) from decisions where execution_id = ?")
			.param(ConsoleSeed.WAITING)
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	private HttpResponse<String> put(byte[] body) {
		return this.http.send(this.http.as("admin", "/api/v1/pipelines/smuggled")
			.header("Content-Type", "application/octet-stream")
			.PUT(BodyPublishers.ofByteArray(body)));
	}

	private static void refused(HttpResponse<String> answer, String... words) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
		assertThat(answer.body()).contains(words);
	}

	private long count(String table) {
		return this.jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

}
