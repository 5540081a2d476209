package io.gennaker.web.settings;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BakePropertiesTests {

	private static BakeProperties bound(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("gennaker.bake",
				BakeProperties.class);
	}

	@Test
	void everythingHasADefault() {
		BakeProperties bake = bound(Map.of());
		assertThat(bake.processes()).isZero();
		assertThat(bake.timeout()).isEqualTo(Duration.ofSeconds(20));
		assertThat(bake.memory()).isEqualTo(DataSize.ofGigabytes(1));
		assertThat(bake.cache()).isEqualTo(DataSize.ofMegabytes(64));
		assertThat(bake.chart().entries()).isEqualTo(5000);
		assertThat(bake.manifests().documents()).isEqualTo(5000);
		assertThat(bake.helm()).isNull();
	}

	@Test
	void everythingCanBeSet() {
		BakeProperties bake = bound(Map.of("gennaker.bake.timeout", "5s", "gennaker.bake.chart.size", "1MB",
				"gennaker.bake.manifests.aliases", "0", "gennaker.bake.helm", "none"));
		assertThat(bake.timeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(bake.chart().size()).isEqualTo(DataSize.ofMegabytes(1));
		assertThat(bake.manifests().aliases()).isZero();
		assertThat(bake.helm()).isEqualTo("none");
	}

	@ParameterizedTest
	@CsvSource({ "processes, -1", "timeout, 0s", "memory, 100MB", "output, 1GB", "cache, -1MB", "chart.size, 0",
			"chart.entries, 0", "chart.depth, 0", "manifests.size, 1GB", "manifests.documents, 0", "manifests.depth, 0",
			"manifests.aliases, -1" })
	void whatMakesNoSenseIsRefusedByName(String name, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bound(Map.of("gennaker.bake." + name, value)))
			.havingRootCause()
			.withMessageStartingWith("gennaker.bake." + name + " must be ");
	}

}
