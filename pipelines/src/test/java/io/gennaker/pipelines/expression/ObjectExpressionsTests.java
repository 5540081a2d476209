package io.gennaker.pipelines.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.gennaker.pipelines.model.HealthRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectExpressionsTests {

	private static final Map<String, Object> OBJECT = Map.of("kind", "Rollout", "spec",
			Map.of("replicas", 3, "ratio", 0.5), "status",
			Map.of("ready", 3L, "phase", "Healthy", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));

	private final ObjectExpressions expressions = new ObjectExpressions();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			object.status.phase == 'Healthy'                                                  | true
			object.status.ready >= object.spec.replicas                                       | true
			object.spec.ratio > 0.6                                                           | false
			has(object.status.message)                                                        | false
			object.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')       | true
			${{ object.kind == 'Rollout' }}                                                   | true
			`!has(object.status.old) || object.status.old.phase == 'x'`                        | true
			""")
	void conditionsAreAskedOfAnObject(String condition, boolean holds) {
		assertThat(this.expressions.condition(condition)).isEmpty();
		assertThat(this.expressions.holds(condition, OBJECT)).isEqualTo(holds);
	}

	@Test
	void textsTellOfAnObject() {
		assertThat(this.expressions.text("object.status.phase + ', ' + string(object.status.ready)", OBJECT))
			.isEqualTo("Healthy, 3");
		assertThat(this.expressions.text("object.spec.replicas", OBJECT)).isEqualTo("3");
	}

	@Test
	void aFieldThatIsNotThereIsToldByItsName() {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.holds("object.status.observed == 1", OBJECT))
			.withMessageContaining("observed");
	}

	@Test
	void aFieldWithoutAValueIsAFieldThatIsNotThere() {
		Map<String, Object> metadata = new HashMap<>();
		metadata.put("creationTimestamp", null);
		assertThat(this.expressions.holds("has(object.metadata.creationTimestamp)", Map.of("metadata", metadata)))
			.isFalse();
		assertThat(this.expressions.holds("size(object.items) == 1", Map.of("items", Arrays.asList("a", null))))
			.isTrue();
	}

	@Test
	void aListThatIsTooLongEndsTheEvaluation() {
		List<Integer> many = IntStream.range(0, 5_000).boxed().toList();
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.holds("object.items.all(i, i >= 0)", Map.of("items", many)))
			.withMessageContaining("object.items");
	}

	@Test
	void whatGivesNeitherTrueNorFalseIsNoCondition() {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.holds("object.status.phase", OBJECT))
			.withMessageContaining("gives neither true nor false");
	}

	@Test
	void secretsHaveNoRules() {
		assertThat(ObjectExpressions.unsuitable(new HealthRule("Secret", null, "true", null, "object.data.password")))
			.isPresent();
	}

}
