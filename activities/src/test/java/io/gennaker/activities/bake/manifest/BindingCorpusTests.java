package io.gennaker.activities.bake.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each document of {@code corpus/}, whose first line names its rules, is bound as its
 * {@code .expected} file shows.
 */
class BindingCorpusTests {

	private static final Path FOLDER = folder();

	private static Path folder() {
		try {
			return Path.of(Objects.requireNonNull(BindingCorpusTests.class.getResource("corpus")).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<String> names() {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".yaml"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String bind(String name) throws IOException {
		String text = Files.readString(FOLDER.resolve(name));
		String words = text.lines().findFirst().orElseThrow().replace("# rules:", "").strip();
		return BindingCorpus.bind(text, words.isEmpty() ? new String[0] : words.split(" ")).text();
	}

	@ParameterizedTest
	@MethodSource("names")
	void documentsAreBoundAsExpected(String name) throws IOException {
		assertThat(bind(name)).isEqualTo(Files.readString(FOLDER.resolve(name.replace(".yaml", ".expected"))));
	}

	@ParameterizedTest
	@MethodSource("names")
	void bindingTwiceIsBindingOnce(String name) throws IOException {
		String words = Files.readString(FOLDER.resolve(name)).lines().findFirst().orElseThrow();
		String once = bind(name);
		String again = BindingCorpus.bind(once, words.replace("# rules:", "").strip().split(" ")).text();
		assertThat(withoutSources(again)).isEqualTo(withoutSources(once));
	}

	private static String withoutSources(String text) {
		return text.replace("# Source: it/templates/a.yaml\n", "");
	}

}
