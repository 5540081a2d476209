package io.gennaker.pipelines.language;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each {@code bad/*.yaml} gives exactly the problems of its {@code .problems}.
 */
class BadPipelineTests {

	static List<String> names() {
		return Corpus.names("bad");
	}

	@ParameterizedTest
	@MethodSource("names")
	void everyProblemIsToldWithItsPlace(String name) {
		String found = Corpus.problems(Corpus.read(Corpus.text("bad/" + name + ".yaml")));
		assertThat(found).isEqualTo(Corpus.text("bad/" + name + ".problems"));
	}

}
