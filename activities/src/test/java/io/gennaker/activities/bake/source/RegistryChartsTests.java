package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.model.ChartSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistryChartsTests extends ChartSourceContract {

	private ChartServer server;

	private List<RegistryHost> allowed = List.of();

	private final TreeSet<String> tags = new TreeSet<>();

	@BeforeEach
	void serve() throws IOException {
		this.server = new ChartServer();
		this.allowed = List.of(new RegistryHost(this.server.host(), true, null, null));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Override
	ChartSource publish(String name, String version, Map<String, byte[]> files) {
		byte[] archive = Charts.archive(name, files);
		publish(name, version, archive, OciCharts.manifest(archive, OciCharts.ARCHIVE));
		return new ChartSource.Oci(this.server.host() + "/charts/" + name, version, null);
	}

	private void publish(String name, String tag, byte[] archive, byte[] manifest) {
		String path = "/v2/charts/" + name + "/";
		this.tags.add(tag);
		this.server.answer(path + "tags/list", "{\"tags\":[\"" + String.join("\",\"", this.tags) + "\"]}");
		this.server.answer(path + "manifests/" + tag, 200, manifest);
		this.server.answer(path + "manifests/" + Sha256.of(manifest), 200, manifest);
		this.server.answer(path + "blobs/" + Sha256.of(archive), 200, archive);
	}

	private ChartSource.Oci source(String version) {
		return new ChartSource.Oci("oci://" + this.server.host() + "/charts/app", version, null);
	}

	@Override
	ChartSource missing() {
		return new ChartSource.Oci(this.server.host() + "/charts/nothing-there", "1.4.0", null);
	}

	@Override
	ChartSources sources(Path folder) {
		return Charts.sources(folder, this.allowed, List.of(), List.of());
	}

	@Override
	boolean goAway() {
		this.server.close();
		return true;
	}

	@Override
	String setting() {
		return "gennaker.registries";
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "^1.4;1.5.0", "~1.4.0;1.4.10", "1.4.9;1.4.9", "1.4.0+b.1;1.4.0+b.1" })
	void theHighestTagOfARangeIsTaken(String range, String version) throws IOException {
		for (String each : List.of("1.4.0+b.1", "1.4.9", "1.4.10", "1.5.0", "2.0.0")) {
			byte[] archive = Charts.archive("app", Charts.files("app", each));
			publish("app", each.replace('+', '_'), archive, OciCharts.manifest(archive, OciCharts.ARCHIVE));
		}
		publish("app", "latest", new byte[0], new byte[0]);
		assertThat(fetch(source(range)).origin().version()).isEqualTo(version);
	}

	@Test
	void theNearestVersionsAreNamedWhereNoneWillDo() {
		publish("app", "1.3.0", Charts.files("app", "1.3.0"));
		publish("app", "2.0.0", Charts.files("app", "2.0.0"));
		for (String version : List.of("1.4.0", "^1.4")) {
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source(version)))
				.withMessageContaining("has no version " + version + "; nearest are 1.3.0, 2.0.0");
		}
	}

	@Test
	void aKnownDigestIsFetchedOnce() throws IOException {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		String digest = fetch(source("1.4.0")).origin().pin();
		ChartSource pinned = new ChartSource.Oci(this.server.host() + "/charts/app", null, digest);
		assertThat(fetch(pinned).origin().pin()).isEqualTo(digest);
		this.server.close();
		assertThat(fetch(pinned).origin().version()).isEqualTo("1.4.0");
	}

	@Test
	void aManifestOfAnotherDigestIsRefused() {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		String digest = "sha256:" + "1".repeat(64);
		this.server.answer("/v2/charts/app/manifests/" + digest, "{}");
		ChartSource pinned = new ChartSource.Oci(this.server.host() + "/charts/app", null, digest);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(pinned))
			.withMessageContaining("where " + digest + " was asked for");
	}

	@Test
	void aLayerOfAnotherDigestIsRefused() {
		byte[] archive = Charts.archive("app", Charts.files("app", "1.4.0"));
		publish("app", "1.4.0", archive, OciCharts.manifest(archive, OciCharts.ARCHIVE));
		this.server.answer("/v2/charts/app/blobs/" + Sha256.of(archive), 200,
				Charts.archive("app", Charts.files("app", "1.4.0", "evil", "x")));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("1.4.0")))
			.withMessageContaining("tampers");
	}

	@Test
	void anImageIsNoChart() {
		byte[] archive = Charts.archive("app", Charts.files("app", "1.4.0"));
		publish("app", "1.4.0", archive, OciCharts.manifest(archive, "application/vnd.oci.image.layer.v1.tar+gzip"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("1.4.0")))
			.withMessageContaining("is not a chart");
	}

	@Test
	void credentialsAreNotSentToTheStorageThatABlobIsRedirectedTo() throws IOException {
		byte[] archive = Charts.archive("app", Charts.files("app", "1.4.0"));
		publish("app", "1.4.0", archive, OciCharts.manifest(archive, OciCharts.ARCHIVE));
		this.server.authorization = ChartServer.basic("ann", "secret");
		try (ChartServer storage = new ChartServer()) {
			storage.answer("/blob", 200, archive);
			this.server.redirect("/v2/charts/app/blobs/" + Sha256.of(archive), "http://" + storage.host() + "/blob");
			this.allowed = List.of(new RegistryHost(this.server.host(), true, "ann", "secret"));
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("1.4.0")))
				.withMessageContaining("where this client does not follow");
			assertThat(storage.requests).isEmpty();
			this.allowed = List.of(new RegistryHost(this.server.host(), true, "ann", "secret"),
					new RegistryHost(storage.host(), true, "storage", "other"));
			assertThat(fetch(source("1.4.0")).origin().version()).isEqualTo("1.4.0");
			assertThat(storage.requests).containsExactly("GET /blob null");
		}
	}

	@Test
	void aBlobThatNeverEndsIsRefused() {
		byte[] archive = Charts.archive("app", Charts.files("app", "1.4.0"));
		publish("app", "1.4.0", archive, OciCharts.manifest(archive, OciCharts.ARCHIVE));
		this.server.flood("/v2/charts/app/blobs/" + Sha256.of(archive), 10L * 1024 * 1024);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source("1.4.0")))
			.withMessageContaining("larger than 256 KiB");
	}

	@ParameterizedTest
	@CsvSource({ "401, false", "403, false", "500, true", "503, true", "429, true" })
	void whatARegistrySaysDecidesWhetherItIsTriedAgain(int status, boolean again) {
		this.server.answer("/v2/charts/app/manifests/1.4.0", status, Charts.bytes("its words"));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> fetch(source("1.4.0")))
			.isInstanceOf(again ? SourceUnavailableException.class : BakeRefusedException.class)
			.withMessageContaining("its words")
			.withMessageContaining("HTTP " + status);
	}

	@Test
	void expressionsCannotLeaveTheRepository() {
		for (String oci : List.of("/charts/../../x", "/charts/app?x=1", "/charts/app@sha256:1", "/charts/a b", "")) {
			ChartSource source = new ChartSource.Oci(this.server.host() + oci, "1.4.0", null);
			assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
				.withMessageContaining("is not a repository of a registry");
		}
		assertThat(this.server.requests).isEmpty();
	}

	@Test
	void lockedDependenciesMayLieInARegistry() throws IOException {
		publish("common", "2.0.0", Charts.files("common", "2.0.0"));
		ChartSource source = publish("app", "1.4.0", Locks.locked("app", "1.4.0",
				new ChartDependencies.Locked("common", "2.0.0", "oci://" + this.server.host() + "/charts")));
		FetchedChart fetched = fetch(source);
		assertThat(fetched.chart().files()).containsKey("charts/common-2.0.0/Chart.yaml");
		this.server.close();
		assertThat(fetch(source, fetched.origin()).origin()).isEqualTo(fetched.origin());
	}

}
