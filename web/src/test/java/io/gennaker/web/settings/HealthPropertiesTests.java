package io.gennaker.web.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gennaker.pipelines.model.HealthRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HealthPropertiesTests {

	@Test
	void rulesAreRead() {
		assertThat(health(Map.of())).isEmpty();
		assertThat(health(Map.of("gennaker.health[0].kind", "Rollout", "gennaker.health[0].api-version",
				"argoproj.io/v1alpha1", "gennaker.health[0].healthy", "object.status.phase == 'Healthy'",
				"gennaker.health[0].message", "object.status.message")))
			.containsExactly(new HealthRule("Rollout", "argoproj.io/v1alpha1", "object.status.phase == 'Healthy'", null,
					"object.status.message"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''     | true             | ''     | gennaker.health[0] needs 'kind'
			Lesson | ''               | ''     | gennaker.health[0] needs 'healthy'
			Secret | true             | ''     | gennaker.health[0].kind: a Secret has no health
			Lesson | objekt.spec.done | ''     | gennaker.health[0].healthy: there is no name 'objekt'
			Lesson | 'true'           | size(  | gennaker.health[0].message: not valid CEL
			""")
	void aRuleThatMakesNoSenseEndsTheStart(String kind, String healthy, String message, String problem) {
		Map<String, String> rule = new TreeMap<>(
				Map.of("gennaker.health[0].kind", kind, "gennaker.health[0].healthy", healthy));
		if (!message.isEmpty()) {
			rule.put("gennaker.health[0].message", message);
		}
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> health(rule))
			.havingRootCause()
			.withMessageContaining(problem);
	}

	@Test
	void driftHasDefaultsAndBounds() {
		assertThat(drift(Map.of())).isEqualTo(new DriftProperties(true, Duration.ofMinutes(5), 4));
		assertThat(drift(Map.of("gennaker.drift.enabled", "false", "gennaker.drift.every", "1h")).every())
			.isEqualTo(Duration.ofHours(1));
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> drift(Map.of("gennaker.drift.every", "1s")))
			.havingRootCause()
			.withMessageContaining("gennaker.drift.every must be at least 10s");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> drift(Map.of("gennaker.drift.parallel", "0")))
			.havingRootCause()
			.withMessageContaining("between 1 and 64");
	}

	private static List<HealthRule> health(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("gennaker", HealthProperties.class)
			.rules();
	}

	private static DriftProperties drift(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("gennaker.drift",
				DriftProperties.class);
	}

}
