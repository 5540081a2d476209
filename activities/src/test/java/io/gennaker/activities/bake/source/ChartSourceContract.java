package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What holds of every kind of source.
 */
abstract class ChartSourceContract {

	@TempDir
	Path cache;

	/**
	 * Publishes a chart, in place of one of that name and version.
	 */
	abstract ChartSource publish(String name, String version, Map<String, byte[]> files) throws Exception;

	/**
	 * A chart that is not there.
	 */
	abstract ChartSource missing();

	abstract ChartSources sources(Path folder);

	/**
	 * The files of the pipeline's revision.
	 */
	PipelineFiles revision() {
		return Charts.NO_FILES;
	}

	/**
	 * Makes the source go away; false where it cannot.
	 */
	abstract boolean goAway() throws Exception;

	/**
	 * The setting that lists its hosts; empty where there are none.
	 */
	abstract String setting();

	final FetchedChart fetch(ChartSource source, ChartOrigin... pins) throws IOException {
		return sources(this.cache).fetch(source, revision(), List.of(pins));
	}

	@Test
	void theChartComesWithAllItsFilesAndSaysWhereFrom() throws Exception {
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0", "values.yaml", "a: 1\n"));
		FetchedChart fetched = fetch(source);
		assertThat(fetched.chart().files().keySet()).containsExactly("Chart.yaml", "templates/map.yaml", "values.yaml");
		assertThat(fetched.chart().metadata().name()).isEqualTo("app");
		ChartOrigin origin = fetched.origin();
		assertThat(origin.version()).isEqualTo("1.4.0");
		assertThat(origin.source()).isEqualTo(SourceNames.of(source));
		assertThat(origin.digest()).isEqualTo(fetched.chart().digest());
		assertThat(origin.pin().isEmpty()).isEqualTo(setting().isEmpty());
	}

	@Test
	void theSameIsGotAgainByItsPinThoughTheSourceHasAnotherByNow() throws Exception {
		Assumptions.assumeFalse(setting().isEmpty(), "the files of a revision never change");
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0", "values.yaml", "a: 1\n"));
		ChartOrigin origin = fetch(source).origin();
		publish("app", "1.4.0", Charts.files("app", "1.4.0", "values.yaml", "a: 2\n"));
		assertThat(fetch(source, origin).origin()).isEqualTo(origin);
		assertThat(fetch(source).origin().digest()).isNotEqualTo(origin.digest());
	}

	@Test
	void whatIsPinnedNeedsNoHost() throws Exception {
		Assumptions.assumeFalse(setting().isEmpty(), "the files of a revision have no host");
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		ChartOrigin origin = fetch(source).origin();
		goAway();
		assertThat(fetch(source, origin).origin()).isEqualTo(origin);
	}

	@Test
	void aHostThatIsAwayIsTriedAgain() throws Exception {
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		Assumptions.assumeTrue(goAway(), "the files of a revision have no host");
		assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining(SourceNames.of(source))
			.withMessageContaining("127.0.0.1");
	}

	@Test
	void aChartThatIsNotThereIsRefusedByName() throws Exception {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		ChartSource missing = missing();
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(missing))
			.withMessageContaining("nothing-there");
	}

	@Test
	void hostsThatNobodyListedAreNotSpokenTo() throws Exception {
		Assumptions.assumeFalse(setting().isEmpty(), "the files of a revision have no host");
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		ChartSources closed = Charts.sources(this.cache, List.of(), List.of(), List.of());
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> closed.fetch(source, revision(), List.of()))
			.withMessageContaining("127.0.0.1:")
			.withMessageContaining("list it under " + setting());
	}

	@Test
	void aBombIsRefused() throws Exception {
		ChartSource source = publish("app", "1.4.0",
				Charts.files("app", "1.4.0", "bomb", "0".repeat((int) Charts.LIMITS.bytes())));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("is larger than 256 KiB");
	}

	@Test
	void tooManyFilesAreRefused() throws Exception {
		Map<String, byte[]> files = Charts.files("app", "1.4.0");
		for (int i = 0; i < Charts.LIMITS.entries(); i++) {
			files.put("files/" + i, Charts.bytes("x"));
		}
		ChartSource source = publish("app", "1.4.0", files);
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("more than 50");
	}

	@Test
	void dependenciesThatNothingLocksAreRefusedWithTheRemedy() throws Exception {
		ChartSource source = publish("app", "1.4.0", Charts.files("app", "1.4.0", "dependencies",
				"- {name: common, version: ^2, repository: 'https://charts.example.com'}\n"));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("lacks its dependencies common")
			.withMessageContaining("helm dependency update");
	}

	@Test
	void vendoredDependenciesAreEnough() throws Exception {
		ChartSource source = publish("app", "1.4.0",
				Charts.files("app", "1.4.0", "dependencies",
						"- {name: common, version: ^2, repository: 'https://charts.example.com'}\n",
						"charts/common/Chart.yaml", "apiVersion: v2\nname: common\nversion: 2.0.0\n"));
		assertThat(fetch(source).origin().dependencies()).isEmpty();
	}

	@Test
	void dependenciesOfTheSameSourceStayInsideIt() throws Exception {
		for (String path : List.of("/etc", "../../../../../../etc", "../../../../../../../..")) {
			ChartSource source = publish("app", "1.4.0",
					Locks.locked("app", "1.4.0", new ChartDependencies.Locked("common", "2.0.0", "file://" + path)));
			assertThatExceptionOfType(BakeRefusedException.class).as(path)
				.isThrownBy(() -> fetch(source))
				.withMessageContaining("outside of the chart's source");
		}
	}

	@Test
	void aChartWithinTheChartMayBeADependency() throws Exception {
		Map<String, byte[]> files = Locks.locked("app", "1.4.0",
				new ChartDependencies.Locked("common", "2.0.0", "file://parts/common"));
		Charts.files("common", "2.0.0").forEach((path, bytes) -> files.put("parts/common/" + path, bytes));
		FetchedChart fetched = fetch(publish("app", "1.4.0", files));
		assertThat(fetched.chart().files()).containsKey("charts/common-2.0.0/templates/map.yaml");
		assertThat(fetched.origin().dependencies()).singleElement()
			.satisfies((dependency) -> assertThat(dependency.name()).isEqualTo("common"));
	}

}
