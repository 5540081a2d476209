package io.gennaker.activities.bake.chart;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class ChartReaderTests {

	private static final byte[] SOMETHING = "x".getBytes(StandardCharsets.UTF_8);

	private static final ChartLimits SMALL = new ChartLimits(1024 * 1024, 100, 6);

	private static Chart read(Map<String, byte[]> files, String path) {
		return new ChartReader(SMALL).read(new PipelineFiles(files), path, null);
	}

	private static String refusal(byte[] archive) {
		return assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> read(Map.of("it.tgz", archive), "it.tgz"))
			.actual()
			.getMessage();
	}

	private static byte[] archiveWith(TarArchiveEntry evil) {
		return ChartFixture.archive((tar) -> {
			ChartFixture.entry(tar, new TarArchiveEntry("it/Chart.yaml"),
					"name: it\nversion: 1.0.0\n".getBytes(StandardCharsets.UTF_8));
			ChartFixture.entry(tar, evil, SOMETHING);
		});
	}

	@Test
	void readsFolders() {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", "a").file("values.yaml", "b: 1");
		Chart read = read(chart.inFolder("charts/it"), "charts/it");
		assertThat(read.metadata()).isEqualTo(new ChartMetadata("it", "1.2.3", false));
		assertThat(read.files()).containsOnlyKeys("Chart.yaml", "templates/a.yaml", "values.yaml");
	}

	@Test
	void folderAndArchiveAreTheSameChart() {
		ChartFixture chart = ChartFixture.chart("it").template("a.yaml", "a");
		Chart folder = read(chart.inFolder("charts/it"), "charts/it/");
		Chart archive = read(Map.of("it.tgz", chart.archive("it")), "it.tgz");
		assertThat(archive.digest()).isEqualTo(folder.digest()).startsWith("sha256:");
	}

	@Test
	void whatHelmIgnoresIsLeftOut() {
		ChartFixture chart = ChartFixture.chart("it")
			.file(".helmignore", "# comment\n*.swp\n/ci/\nsecret?.txt\n")
			.file("ci/a.yaml", "a")
			.file("x/ci/a.yaml", "a")
			.file("templates/.a.yaml.swp", "a")
			.file("secret1.txt", "a")
			.file("secret12.txt", "a");
		assertThat(read(chart.inFolder("it"), "it").files()).containsOnlyKeys(".helmignore", "Chart.yaml",
				"secret12.txt", "x/ci/a.yaml");
	}

	@Test
	void anotherVersionThanWantedIsRefused() {
		ChartFixture chart = ChartFixture.chart("it");
		assertThatThrownBy(() -> new ChartReader(SMALL).read(new PipelineFiles(chart.inFolder("it")), "it", "1.4.0"))
			.hasMessage("chart it has version 1.2.3, but the stage wants 1.4.0");
	}

	@Test
	void aMissingChartIsNamed() {
		assertThatThrownBy(() -> read(Map.of("a", SOMETHING), "charts/it"))
			.hasMessage("there is no chart charts/it among the pipeline's files");
		assertThatThrownBy(() -> read(Map.of("charts/it/a", SOMETHING), "charts/it"))
			.hasMessage("charts/it is not a chart: it has no Chart.yaml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "name: it", "version: 1", "[a]", "a: [", "a: !!java.net.URL [http://localhost/]", "",
			"# only a comment" })
	void aBrokenChartYamlIsRefused(String yaml) {
		assertThatThrownBy(() -> read(ChartFixture.chart("it").file("Chart.yaml", yaml).inFolder("it"), "it"))
			.isInstanceOf(BakeRefusedException.class)
			.hasMessageContaining("it/Chart.yaml");
	}

	@ParameterizedTest
	@CsvSource({ "it/../../evil, not a path inside", "../evil, not a path inside", "/etc/cron.d/evil, absolute",
			"C:/evil, absolute", "it/a\\b, not a path inside", "it//a, not a path inside", "it/./a, not a path inside",
			"alone, outside of the one folder", "it/1/2/3/4/5/6, more than 6 names" })
	void pathsThatLeadElsewhereAreRefused(String name, String reason) {
		assertThat(refusal(archiveWith(new TarArchiveEntry(name, true)))).contains(reason);
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_SYMLINK, TarConstants.LF_LINK })
	void linksAreRefused(byte type) {
		TarArchiveEntry link = new TarArchiveEntry("it/templates/a.yaml", type);
		link.setLinkName("/etc/passwd");
		assertThat(refusal(archiveWith(link))).contains("link").doesNotContain("root");
	}

	@Test
	void devicesAreRefused() {
		assertThat(refusal(archiveWith(new TarArchiveEntry("it/null", TarConstants.LF_CHR))))
			.contains("neither file nor folder");
	}

	@Test
	void aFileTwiceIsRefused() {
		assertThat(refusal(archiveWith(new TarArchiveEntry("it/Chart.yaml")))).contains("twice");
	}

	@Test
	void bombsAreRefusedSoon() {
		byte[] large = new byte[64 * 1024 * 1024];
		byte[] bomb = ChartFixture.chart("it").file("bomb", large).archive("it");
		assertThat(bomb).hasSizeLessThan(1024 * 1024);
		assertTimeout(Duration.ofSeconds(2), () -> assertThat(refusal(bomb)).contains("larger than 1024 KiB"));
	}

	@Test
	void manyEntriesAreRefused() {
		ChartFixture chart = ChartFixture.chart("it");
		for (int i = 0; i < 101; i++) {
			chart.file("f" + i, "");
		}
		assertThat(refusal(chart.archive("it"))).contains("more than 100 entries");
	}

	@Test
	void subchartsAreHeldToTheSameRules() {
		Map<String, byte[]> files = new TreeMap<>(ChartFixture.chart("it").inFolder("it"));
		files.put("it/charts/sub.tgz", archiveWith(new TarArchiveEntry("it/../../evil")));
		assertThatThrownBy(() -> read(files, "it")).hasMessageContaining("not a path inside the chart");
	}

	@Test
	void archivesWithinArchivesHaveAnEnd() {
		byte[] archive = ChartFixture.chart("c").archive("c");
		for (int i = 0; i < 12; i++) {
			archive = ChartFixture.chart("c").file("charts/c.tgz", archive).archive("c");
		}
		byte[] deep = archive;
		assertThatThrownBy(() -> new ChartReader(ChartLimits.defaults()).read(new PipelineFiles(Map.of("it.tgz", deep)),
				"it.tgz", null))
			.hasMessageContaining("archives within archives");
	}

	@Test
	void whatIsNoArchiveIsRefused() {
		assertThat(refusal(SOMETHING)).contains("is not a chart's archive (.tgz)");
	}

}
