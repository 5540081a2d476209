package io.gennaker.pipelines.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.gennaker.pipelines.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WholeMatchTests {

	@Test
	void theWholeTextMustMatch() {
		assertThat(WholeMatch.matches("v\\d+", "v12")).isTrue();
		assertThat(WholeMatch.matches("v\\d+", "v12-rc")).isFalse();
		assertThat(WholeMatch.matches("^v\\d+$", "v12")).isTrue();
		assertThat(WholeMatch.matches("v1|v12", "v12")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[a", "(?=a)b", "(a)\\1", "*", "((a{1000}){1000}){1000}", "a{99999999}" })
	void whatIsNoPatternOrTooLargeIsRefused(String pattern) {
		assertThat(WholeMatch.problem(pattern)).isPresent();
		assertThatIllegalArgumentException().isThrownBy(() -> WholeMatch.matches(pattern, "a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "^v\\d+\\.\\d+\\.\\d+$", "[a-z]{1,63}", "(release|hotfix)-[0-9]{8}", "" })
	void whatPipelinesUseIsTaken(String pattern) {
		assertThat(WholeMatch.problem(pattern)).isEmpty();
	}

	@Test
	void aPatternThatBacktrackingWouldNeverFinishEndsSoon() {
		assertThat(soon(() -> WholeMatch.matches("(a+)+b", "a".repeat(20_000)))).isFalse();
	}

}
