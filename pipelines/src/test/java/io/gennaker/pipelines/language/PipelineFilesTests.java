package io.gennaker.pipelines.language;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PipelineFilesTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a\\b", "a/", "a\0b" })
	void aPathThatLeadsElsewhereIsRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PipelineFiles(Map.of(path, new byte[0])))
			.withMessageContaining("is not a path inside a pipeline's folder");
	}

	@Test
	void filesAreSortedAndReadAsText() {
		PipelineFiles files = new PipelineFiles(Map.of("b", "B".getBytes(), "a/c", "C".getBytes()));
		assertThat(files.all().keySet()).containsExactly("a/c", "b");
		assertThat(files.text("b")).isEqualTo("B");
		assertThat(files.text("c")).isNull();
	}

}
