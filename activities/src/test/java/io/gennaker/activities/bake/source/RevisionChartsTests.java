package io.gennaker.activities.bake.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RevisionChartsTests extends ChartSourceContract {

	private final Map<String, byte[]> files = new TreeMap<>();

	@Override
	ChartSource publish(String name, String version, Map<String, byte[]> chart) {
		chart.forEach((path, bytes) -> this.files.put("charts/" + name + "/" + path, bytes));
		return new ChartSource.Path("charts/" + name, version);
	}

	@Override
	ChartSource missing() {
		return new ChartSource.Path("charts/nothing-there", null);
	}

	@Override
	ChartSources sources(Path folder) {
		return Charts.sources(folder, List.of(), List.of(), List.of());
	}

	@Override
	PipelineFiles revision() {
		return new PipelineFiles(this.files);
	}

	@Override
	boolean goAway() {
		return false;
	}

	@Override
	String setting() {
		return "";
	}

	@Test
	void aChartBesideItMayBeADependency() throws Exception {
		publish("common", "2.0.0", Charts.files("common", "2.0.0"));
		FetchedChart fetched = fetch(publish("app", "1.4.0",
				Locks.locked("app", "1.4.0", new ChartDependencies.Locked("common", "2.0.0", "file://../common"))));
		assertThat(fetched.chart().files()).containsKey("charts/common-2.0.0/Chart.yaml");
		assertThat(fetched.origin().dependencies()).extracting(ChartOrigin.Dependency::repository)
			.containsExactly("file://../common");
	}

	@Test
	void aDependencyBesideItMustHaveTheLockedVersion() {
		publish("common", "2.0.1", Charts.files("common", "2.0.1"));
		ChartSource source = publish("app", "1.4.0",
				Locks.locked("app", "1.4.0", new ChartDependencies.Locked("common", "2.0.0", "file://../common")));
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> fetch(source))
			.withMessageContaining("common is locked at 2.0.0, but file://../common has common 2.0.1");
	}

	@Test
	void anotherVersionThanTheStageWantsIsRefused() {
		publish("app", "1.4.0", Charts.files("app", "1.4.0"));
		assertThatExceptionOfType(BakeRefusedException.class)
			.isThrownBy(() -> fetch(new ChartSource.Path("charts/app", "1.5.0")))
			.withMessage("chart charts/app has version 1.4.0, but the stage wants 1.5.0");
	}

}
