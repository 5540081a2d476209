package io.gennaker.pipelines.spelling;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SuggestionTests {

	private static final List<String> KNOWN = List.of("needs", "timeout", "on-failure", "type");

	@ParameterizedTest
	@CsvSource({ "need, needs", "nedes, needs", "tiemout, timeout", "on_failure, on-failure", "TYPE, type",
			"tpye, type" })
	void aSlipOrTwoIsUnderstood(String word, String meant) {
		assertThat(Suggestion.nearest(word, KNOWN)).contains(meant);
	}

	@ParameterizedTest
	@CsvSource({ "window", "x", "requirements" })
	void aWordFarFromAllGetsNoSuggestion(String word) {
		assertThat(Suggestion.nearest(word, KNOWN)).isEmpty();
	}

	@Test
	void withoutANearWordTheKnownOnesAreListed() {
		assertThat(Suggestion.hint("window", KNOWN, "keys")).isEqualTo("; keys are needs, timeout, on-failure, type");
		assertThat(Suggestion.hint("window", List.of(), "keys")).isEqualTo("; there are no keys");
	}

	@Test
	void aLongListIsCut() {
		List<String> many = IntStream.range(0, 100).mapToObj(i -> "cluster-" + i).toList();
		assertThat(Suggestion.hint("zzzzzz", many, "clusters")).endsWith("cluster-11, …");
	}

	@Test
	void wordsOfAnyLengthAreTakenInTheirStride() {
		assertThat(Suggestion.nearest("x".repeat(1_000_000), KNOWN)).isEmpty();
	}

}
