package io.gennaker.activities.rollout.health;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.gennaker.pipelines.model.HealthRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OwnHealthTests {

	private static final HealthRule ROLLOUT = new HealthRule("Rollout", "argoproj.io/v1alpha1",
			"object.status.phase == 'Healthy'", "object.status.phase == 'Degraded'", "object.status.message");

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{phase: Healthy, message: fine}     | HEALTHY     | fine
					{phase: Degraded, message: broken}  | FAILED      | broken
					{phase: Paused, message: waits}     | PROGRESSING | waits
					{phase: Degraded}                   | FAILED      | has failed, as its rule has it: object.status.phase == 'Degraded'
					{phase: Paused}                     | PROGRESSING | not yet so: object.status.phase == 'Healthy'
					{phase: Healthy, observedGeneration: 1} | PROGRESSING | its controller has not yet seen generation 2
					""")
	void aRuleDecidesForItsKind(String status, Health.State state, String message) {
		assertThat(health(new OwnHealth(List.of(ROLLOUT)), status)).isEqualTo(new Health(state, message));
	}

	@Test
	void aRuleThatCannotBeEvaluatedSaysNotYetAndWhy() {
		assertThat(health(new OwnHealth(List.of(ROLLOUT)), "{}")).satisfies((health) -> {
			assertThat(health.state()).isEqualTo(Health.State.PROGRESSING);
			assertThat(health.message()).startsWith("its rule of health cannot tell yet: ").contains("phase");
		});
	}

	@Test
	void aRuleIsForItsKindAndVersionAlone() {
		OwnHealth own = new OwnHealth(List.of(ROLLOUT));
		assertThat(own.covers("argoproj.io/v1alpha1", "Rollout")).isTrue();
		assertThat(own.covers("argoproj.io/v1", "Rollout")).isFalse();
		assertThat(own.covers("argoproj.io/v1alpha1", "Lesson")).isFalse();
		assertThat(own.of(object("{}"), Map.of()).isPresent()).isTrue();
	}

	@Test
	void theFirstRuleCounts() {
		HealthRule other = new HealthRule("Rollout", null, "true", null, "'the service has it so'");
		assertThat(health(new OwnHealth(List.of(ROLLOUT)).before(List.of(other)), "{phase: x}").state())
			.isEqualTo(Health.State.PROGRESSING);
		assertThat(health(new OwnHealth(List.of()).before(List.of(other)), "{phase: x}").message())
			.isEqualTo("the service has it so");
	}

	@Test
	void whatIsBeingDeletedIsNotHealthyWhateverARuleSays() {
		GenericKubernetesResource object = object("{phase: Healthy, message: fine}");
		object.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
		assertThat(new OwnHealth(List.of(ROLLOUT)).of(object, tree(object)))
			.hasValue(Health.progressing("is being deleted"));
	}

	private static Health health(OwnHealth own, String status) {
		GenericKubernetesResource object = object(status);
		return own.of(object, tree(object)).orElseThrow();
	}

	private static GenericKubernetesResource object(String status) {
		return Serialization.unmarshal("""
				apiVersion: argoproj.io/v1alpha1
				kind: Rollout
				metadata: {name: it, generation: 2}
				status: %s
				""".formatted(status), GenericKubernetesResource.class);
	}

	@SuppressWarnings({ "unchecked", "deprecation" })
	private static Map<String, Object> tree(GenericKubernetesResource object) {
		return Serialization.unmarshal(Serialization.asJson(object), Map.class);
	}

}
