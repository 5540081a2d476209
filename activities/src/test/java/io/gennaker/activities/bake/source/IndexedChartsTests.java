package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.chart.ChartFixture;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.model.ChartSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IndexedChartsTests extends ChartSourceContract {

	private ChartServer server;

	private ChartServer elsewhere;

	private List<ChartHost> allowed = List.of();

	/** Lines of the index by chart and version. */
	private final Map<String, Map<String, String>> index = new TreeMap<>();

	@BeforeEach
	void serve() throws IOException {
		this.server = new ChartServer();
		this.elsewhere = new ChartServer();
		this.allowed = List.of(Charts.plain(this.server.host()));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.elsewhere.close();
	}

	@Override
	ChartSource publish(String name, String version, Map<String, byte[]> files) {
		byte[] archive = Charts.archive(name, files);
		this.server.answer("/stable/" + name + "-" + version + ".tgz", 200, archive);
		list(name, version, Sha256.hex(Sha256.of(archive)), name + "-" + version + ".tgz");
		return source(name, version);
	}

	private void list(String name, String version, String digest, String url) {
		this.index.computeIfAbsent(name, (_) -> new TreeMap<>())
			.put(version, "  - {name: %s, version: %s, digest: '%s', urls: ['%s'], maintainers: [{name: [ann]}]}\n"
				.formatted(name, version, digest, url));
		StringBuilder yaml = new StringBuilder("apiVersion: v1\ngenerated: now\nentries:\n");
		this.index.forEach((chart, versions) -> {
			yaml.append("  ").append(chart).append(":\n");
			versions.values().forEach(yaml::append);
		});
		this.server.answer("/stable/index.yaml", yaml.toString());
	}

	private ChartSource.Repository source(String name, String version) {
		return new ChartSource.Repository("http://" + this.server.host() + "/stable", name, version);
	}

	@Override
	ChartSource missing() {
		return source("nothing-there", "1.4.0");
	}

	@Override
	ChartSources sources(Path folder) {
		return Charts.sources(folder, List.of(), this.allowed, List.of());
	}

	@Override
	boolean goAway() {
		this.server.close();
		return true;
	}

	@Override
	String setting() {
		return "gennaker.chart-repositories";
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "^1.4;1.5.0", "~1.4.0;1.4.10", "1.4.x;1.4.10", ">=1, <1.4.10;1.4.9",
			"1.4.9 || 1.0;1.4.9", "*;2.0.0", ">=2.0.0-0;2.1.0-rc.1", "v1.4.9;1.4.9", "1.4;1.4.10" })
	void theHighestVersionOfARangeIsTaken(String range, String version) throws IOException {
		for (String each : List.of("1.4.9", "1.4.10", "1.5.0", "2.0.0", "2.1.0-rc.1")) {
			publish("app", each, Charts.files("app", each));
		}
		assertThat(fetch(source("app", range)).origin().version()).isEqualTo(version);
	}

	@Test
	void theNearestVersionsAreNamedWhereNoneWillDo() {
		for (String each : List.of("0.9.0", "1.0.0", "1.3.0", "1.3.9", "2.0.0", "2.1.0", "3.0.0")) {
			publish("app", each, Charts.files("app", each));
		}
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "~1.4.0")))
			.withMessageContaining("has no version ~1.4.0; nearest are 1.0.0, 1.3.0, 1.3.9, 2.0.0, 2.1.0");
	}

	@Test
	void whatIsNotWhatTheIndexSaysIsRefused() {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		this.server.answer("/stable/app-1.4.0.tgz", 200, Charts.archive("app", Charts.files("app", "1.4.0", "x", "y")));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("gave sha256:")
			.withMessageContaining("tampers");
	}

	@Test
	void aChartOfAnotherNameOrVersionIsRefused() {
		byte[] archive = Charts.archive("app", Charts.files("other", "1.4.0"));
		this.server.answer("/stable/a.tgz", 200, archive);
		list("app", "1.4.0", "", "a.tgz");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("is named other");
		this.server.answer("/stable/a.tgz", 200, Charts.archive("app", Charts.files("app", "1.3.0")));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("has version 1.3.0 by its own Chart.yaml");
	}

	@Test
	void credentialsGoToTheirHostAndNotAcrossRedirects() throws IOException {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		byte[] archive = Charts.archive("app", Charts.files("app", "1.4.0"));
		this.server.redirect("/stable/app-1.4.0.tgz", "http://" + this.elsewhere.otherHost() + "/moved.tgz");
		this.elsewhere.answer("/moved.tgz", 200, archive);
		this.server.authorization = ChartServer.basic("ann", "secret");
		this.allowed = List.of(new ChartHost(this.server.host(), true, "ann", "secret"),
				Charts.plain(this.elsewhere.otherHost()));
		assertThat(fetch(source("app", "1.4.0")).origin().version()).isEqualTo("1.4.0");
		assertThat(this.elsewhere.requests).containsExactly("GET /moved.tgz null");
	}

	@Test
	void redirectsLeadToListedHostsOnly() {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		this.server.redirect("/stable/app-1.4.0.tgz", "http://" + this.elsewhere.host() + "/moved.tgz");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining(this.elsewhere.host())
			.withMessageContaining("list it under gennaker.chart-repositories");
		assertThat(this.elsewhere.requests).isEmpty();
	}

	@Test
	void anIndexNamesListedHostsOnly() {
		list("app", "1.4.0", "", "http://169.254.169.254/latest/meta-data");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("169.254.169.254 is not a host that charts may come from");
		this.allowed = List.of(Charts.plain(this.server.host()), Charts.plain("169.254.169.254"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("where charts are never fetched");
	}

	@Test
	void endlessRedirectsEnd() {
		this.server.redirect("/stable/index.yaml", "/stable/index.yaml");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("redirects more than 5 times");
	}

	@Test
	void hostsAreSpokenToWithoutTlsOnlyWhereThatIsSet() {
		this.allowed = List.of(new ChartHost(this.server.host(), false, "ann", "secret"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("plain-http");
		assertThat(this.server.requests).isEmpty();
		assertThat(this.allowed.toString()).doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void refusedAccessIsFinalAndNamesTheSetting(int status) {
		this.server.answer("/stable/index.yaml", status, Charts.bytes("who are you?"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("HTTP " + status)
			.withMessageContaining("who are you?")
			.withMessageContaining("gennaker.chart-repositories");
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 503 })
	void aTroubledHostIsTriedAgain(int status) {
		this.server.answer("/stable/index.yaml", status, Charts.bytes("later"));
		assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("HTTP " + status)
			.withMessageContaining("later");
	}

	@Test
	void anIndexOfAHundredMegabytesIsRefused() {
		this.server.flood("/stable/index.yaml", 100L * 1024 * 1024);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("larger than 51200 KiB");
	}

	@Test
	void anArchiveThatNeverEndsIsRefused() {
		list("app", "1.4.0", "", "app.tgz");
		this.server.flood("/stable/app.tgz", 10L * 1024 * 1024);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("larger than 256 KiB");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "entries", "entries: []", "<html><body>Hello</body></html>", "entries: {app: x}",
			"entries: {app: [x]}", "entries: {app: [{version: {}}]}", "entries: {app: &a [*a]}", "{{", "entries: *x",
			"entries: {app: [{version: 1.4.0, digest: zz, urls: [a]}]}", "entries: {app: [{version: 1.4.0}]}" })
	void whatIsNoIndexIsRefused(String yaml) {
		this.server.answer("/stable/index.yaml", 200, Charts.bytes(yaml));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("index.yaml");
	}

	@Test
	void aDeepIndexIsRefused() {
		this.server.answer("/stable/index.yaml", "x: " + "[".repeat(5000));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("index.yaml");
	}

	@Test
	void lockedDependenciesAreFetchedAtTheirVersions() throws IOException {
		publish("common", "2.0.0", Charts.files("common", "2.0.0"));
		publish("common", "2.1.0", Charts.files("common", "2.1.0"));
		ChartSource source = publish("app", "1.4.0", Locks.locked("app", "1.4.0",
				new ChartDependencies.Locked("common", "2.0.0", "http://" + this.server.host() + "/stable")));
		FetchedChart fetched = fetch(source);
		assertThat(fetched.chart().files()).containsKey("charts/common-2.0.0/templates/map.yaml");
		ChartOrigin origin = fetched.origin();
		assertThat(origin.dependencies()).singleElement().satisfies((dependency) -> {
			assertThat(dependency.version()).isEqualTo("2.0.0");
			assertThat(Sha256.isDigest(dependency.pin())).isTrue();
		});
		goAway();
		assertThat(fetch(source, origin).origin()).isEqualTo(origin);
	}

	@Test
	void aDependencyMayComeFromListedHostsOnly() {
		ChartSource source = publish("app", "1.4.0", Locks.locked("app", "1.4.0",
				new ChartDependencies.Locked("common", "2.0.0", "http://" + this.elsewhere.host() + "/stable")));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining(this.elsewhere.host())
			.withMessageContaining("gennaker.chart-repositories");
	}

	@Test
	void aLockOfAnotherChartIsRefused() {
		Map<String, byte[]> files = Locks.locked("app", "1.4.0",
				new ChartDependencies.Locked("common", "2.0.0", "https://charts.example.com"));
		files.put("Chart.yaml", Charts.bytes(new String(files.get("Chart.yaml")).replace("2.0.0", "^3")));
		ChartSource source = publish("app", "1.4.0", files);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("Chart.lock is not of this Chart.yaml; run 'helm dependency update'");
	}

	@Test
	void anAliasOfSomeonesMachineIsRefused() {
		ChartSource source = publish("app", "1.4.0",
				Locks.locked("app", "1.4.0", new ChartDependencies.Locked("common", "2.0.0", "alias:mine")));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("'alias:mine'");
	}

	@Test
	void linksInAnArchiveAreRefused() {
		byte[] archive = ChartFixture.archive((tar) -> {
			TarArchiveEntry link = new TarArchiveEntry("app/values.yaml", TarConstants.LF_SYMLINK);
			link.setLinkName("/etc/passwd");
			ChartFixture.entry(tar, link, new byte[0]);
		});
		this.server.answer("/stable/app.tgz", 200, archive);
		list("app", "1.4.0", "", "app.tgz");
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("app", "1.4.0")))
			.withMessageContaining("links are refused");
	}

}
