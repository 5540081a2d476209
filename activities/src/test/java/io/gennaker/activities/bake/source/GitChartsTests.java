package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.ChartSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GitChartsTests extends ChartSourceContract {

	@TempDir
	Path origin;

	private ChartServer server;

	private GitServer git;

	private List<ChartHost> allowed = List.of();

	private final Map<String, byte[]> files = new TreeMap<>();

	private final Map<String, String> links = new TreeMap<>();

	@BeforeEach
	void serve() throws IOException {
		this.server = new ChartServer();
		this.git = new GitServer(this.origin.resolve("charts.git"));
		this.git.serve(this.server, "/team/charts.git");
		this.allowed = List.of(Charts.plain(this.server.host()));
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
		this.git.close();
		Path fetching = this.cache.resolve("fetching");
		if (Files.exists(fetching)) {
			try (Stream<Path> left = Files.list(fetching)) {
				assertThat(left).as("what was fetched and not removed").isEmpty();
			}
		}
	}

	@Override
	ChartSource publish(String name, String version, Map<String, byte[]> chart) throws IOException {
		chart.forEach((path, bytes) -> this.files.put("charts/" + name + "/" + path, bytes));
		this.git.commit(this.files, this.links);
		this.git.tag("v" + version);
		return source("v" + version, "charts/" + name);
	}

	private String address() {
		return "http://" + this.server.host() + "/team/charts.git";
	}

	private ChartSource.Git source(String ref, String path) {
		return new ChartSource.Git(address(), ref, path);
	}

	@Override
	ChartSource missing() {
		return source("v1.4.0", "charts/nothing-there");
	}

	@Override
	ChartSources sources(Path folder) {
		return Charts.sources(folder, List.of(), List.of(), this.allowed);
	}

	@Override
	boolean goAway() {
		this.server.close();
		return true;
	}

	@Override
	String setting() {
		return "gennaker.git-hosts";
	}

	@Test
	void aTagABranchAndACommitLeadToTheSame() throws IOException {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		ChartOrigin tag = fetch(source("v1.4.0", "charts/app")).origin();
		assertThat(tag.pin()).matches("[0-9a-f]{40}");
		assertThat(fetch(source("main", "charts/app")).origin().pin()).isEqualTo(tag.pin());
		ChartSources fresh = sources(this.cache.resolve("fresh"));
		assertThat(fresh.fetch(source(tag.pin(), "charts/app"), Charts.NO_FILES, List.of()).origin().digest())
			.isEqualTo(tag.digest());
	}

	@Test
	void anOlderCommitIsFetchedThoughNoNameLeadsToIt() throws IOException {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		String older = this.git.commit(this.files, this.links);
		publish("app", "1.5.0", Charts.files("app", "1.5.0"));
		assertThat(fetch(source(older, "charts/app")).origin().version()).isEqualTo("1.4.0");
	}

	@Test
	void aCommitIsFetchedOnce() throws IOException {
		String commit = fetch(publish("app", "1.4.0", Charts.files("app", "1.4.0"))).origin().pin();
		this.server.close();
		assertThat(fetch(source(commit, "charts/app")).origin().version()).isEqualTo("1.4.0");
	}

	@Test
	void theRepositoryItselfMayBeTheChart() throws IOException {
		this.git.commit(Charts.files("app", "1.4.0"), Map.of());
		assertThat(fetch(source("main", "")).chart().files()).containsKey("templates/map.yaml");
	}

	@Test
	void anArchiveInTheRepositoryIsReadLikeAnyOther() throws IOException {
		this.git.commit(Map.of("dist/app.tgz", Charts.archive("app", Charts.files("app", "1.4.0"))), Map.of());
		assertThat(fetch(source("main", "dist/app.tgz")).origin().version()).isEqualTo("1.4.0");
	}

	@Test
	void aChartBesideItMayBeADependency() throws IOException {
		publish("common", "2.0.0", Charts.files("common", "2.0.0"));
		FetchedChart fetched = fetch(publish("app", "1.4.0",
				Locks.locked("app", "1.4.0", new ChartDependencies.Locked("common", "2.0.0", "file://../common"))));
		assertThat(fetched.chart().files()).containsKey("charts/common-2.0.0/Chart.yaml");
	}

	@Test
	void linksAreRefusedWhereverTheyAre() throws IOException {
		this.links.put("charts/app/values.yaml", "/etc/passwd");
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("has a link, 'values.yaml'; links are refused");
		this.links.clear();
		this.links.put("charts/away", "../../../etc");
		this.git.commit(this.files, this.links);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("main", "charts/away")))
			.withMessageContaining("links are refused");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("main", "charts/away/app")))
			.withMessageContaining("there is no 'charts/away/app'");
	}

	@Test
	void submodulesAreRefused() throws IOException {
		this.links.put("charts/app/charts/common", "");
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("submodules are not fetched");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../etc", "charts/../../etc", "/etc", "a\\b" })
	void pathsStayInTheRepository(String path) {
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("main", path)))
			.withMessageContaining("outside");
		assertThat(this.server.requests).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--upload-pack=x", "a..b", "refs/heads/*", "a b", "", "v1:v2", "+main", "a@{1}" })
	void whatIsNoNameOfARefIsRefused(String ref) {
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source(ref, "charts/app")))
			.withMessageContaining("is not the name of a tag or a branch");
		assertThat(this.server.requests).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ssh://git@git.example.com/a.git", "file:///etc", "git://git.example.com/a.git",
			"ext::sh -c true", "git@git.example.com:a.git", "ftp://git.example.com/a.git" })
	void otherWaysThanHttpsAreRefused(String address) {
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> fetch(new ChartSource.Git(address, "main", "")))
			.withMessageContaining("https://");
	}

	@Test
	void anUnknownRefIsRefusedWithThoseThatAreThere() throws IOException {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("v9", "charts/app")))
			.withMessageContaining("has neither tag nor branch v9; it has v1.4.0, main");
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> fetch(source("1".repeat(40), "charts/app")))
			.withMessageContaining("has no commit 1111");
	}

	@Test
	void anUnknownRepositoryIsRefused() {
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> fetch(new ChartSource.Git("http://" + this.server.host() + "/none.git", "main", "")))
			.withMessageContaining("no such repository")
			.withMessageContaining("gennaker.git-hosts");
	}

	@Test
	void whatIsNoGitIsRefused() {
		this.server.answer("/page/info/refs", 200, Charts.bytes("<html><body>Welcome</body></html>"), "Content-Type",
				"text/html");
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> fetch(new ChartSource.Git("http://" + this.server.host() + "/page", "main", "")))
			.withMessageContaining(this.server.host() + " answers, but not in Git's smart protocol (text/html)");
		assertThat(this.server.requests).hasSize(1);
	}

	@Test
	void noMessageHoldsAPasswordOfAnAddress() {
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> fetch(
					new ChartSource.Git("http://ann:secret-canary@" + this.server.host() + "/a.git", "main", "")))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-canary"));
	}

	@Test
	void credentialsAreSentWhereTheyAreAskedFor() throws IOException {
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		this.server.authorization = ChartServer.basic("ann", "secret");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("HTTP 401")
			.withMessageContaining("gennaker.git-hosts");
		this.allowed = List.of(new ChartHost(this.server.host(), true, "ann", "wrong"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("HTTP 401");
		this.allowed = List.of(new ChartHost(this.server.host(), true, "ann", "secret"));
		assertThat(fetch(source).origin().version()).isEqualTo("1.4.0");
	}

	@Test
	void aRedirectToAnotherHostIsNotFollowed() throws IOException {
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		this.allowed = List.of(new ChartHost(this.server.host(), true, "ann", "secret"));
		try (ChartServer elsewhere = new ChartServer()) {
			this.git.serve(elsewhere, "/team/charts.git");
			elsewhere.authorization = ChartServer.basic("ann", "secret");
			this.server.redirect("/team/charts.git/info/refs",
					"http://" + elsewhere.host() + "/team/charts.git/info/refs?service=git-upload-pack");
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
				.withMessageContaining("redirects to http://" + elsewhere.host());
			assertThat(elsewhere.requests).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void aTroubledHostIsTriedAgain(int status) throws IOException {
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		this.server.answer("/team/charts.git/info/refs", status, new byte[0]);
		assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("HTTP " + status);
	}

}
