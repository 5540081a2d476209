package io.gennaker.pipelines.version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VersionRangeTests {

	/**
	 * Ranges and what Masterminds' semver 3.4.0, the library of Helm 3.18 to 4, made of
	 * each with the versions of the first line.
	 */
	static Stream<List<String>> answersOfHelmsLibrary() {
		List<String> lines = lines();
		return lines.stream().skip(1).map((line) -> Arrays.asList(line.split("\t")));
	}

	@ParameterizedTest
	@MethodSource("answersOfHelmsLibrary")
	void takesWhatHelmTakes(List<String> row) {
		String text = row.getFirst().substring(1, row.getFirst().length() - 1);
		Optional<VersionRange> range = VersionRange.parse(text);
		if (row.get(1).equals("refused")) {
			assertThat(range).isEmpty();
			return;
		}
		String[] versions = lines().getFirst().split("\t");
		List<String> ours = new ArrayList<>(List.of(row.getFirst()));
		for (int i = 1; i < versions.length; i++) {
			boolean taken = range.orElseThrow().includes(Version.parse(versions[i]).orElseThrow());
			ours.add(taken ? "y" : "-");
		}
		assertThat(ours).isEqualTo(row);
	}

	@Test
	void longTextsAreNoRanges() {
		assertThat(VersionRange.parse(">=1 ".repeat(10_000))).isEmpty();
		assertThat(Version.parse("1." + "1".repeat(10_000))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1.", "1.2.3.4", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3+", "1.2.3-a..b", " 1",
			"latest", "1.2.3_4" })
	void otherTextsAreNoVersions(String text) {
		assertThat(Version.parse(text)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1.0.0-alpha, 1.0.0-alpha.1", "1.0.0-alpha.1, 1.0.0-alpha.beta", "1.0.0-alpha.beta, 1.0.0-beta",
			"1.0.0-beta, 1.0.0-beta.2", "1.0.0-beta.2, 1.0.0-beta.11", "1.0.0-beta.11, 1.0.0-rc.1", "1.0.0-rc.1, 1.0.0",
			"1.9.0, 1.10.0", "1.2.9, v1.3" })
	void versionsHaveTheOrderOfTheSpecification(String lower, String higher) {
		assertThat(Version.parse(lower).orElseThrow()).isLessThan(Version.parse(higher).orElseThrow());
	}

	private static List<String> lines() {
		try (InputStream stream = Objects.requireNonNull(VersionRangeTests.class.getResourceAsStream("ranges.tsv"))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
