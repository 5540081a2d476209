package io.gennaker.pipelines.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gennaker.pipelines.expression.ExpressionContext.ArtifactValue;
import io.gennaker.pipelines.model.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.gennaker.pipelines.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExpressionsTests {

	private static final ExpressionContext CONTEXT = new ExpressionContext(
			Map.of("version", "1.4.0", "replicas", 3L, "debug", false, "clusters", List.of("beijing", "shanghai")),
			Map.of("registry-mirror", new ArtifactValue("registry.example.com/mirror", "2.1.0", "sha256:ab")),
			Map.of("type", "image", "tag", "v1"), Map.of("id", "0198", "number", "7"),
			Map.of("bake", Map.of("digest", "sha256:cd")), null);

	private static final ExpressionContext IN_BEIJING = CONTEXT
		.in(new Cluster("beijing", "north", Map.of("env", "prod")), CONTEXT.artifacts());

	private final Expressions expressions = new Expressions();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			plain text                                                   | plain text
			${{ parameters.version }}                                    | 1.4.0
			v${{ parameters.version }}-${{ parameters.replicas + 1 }}    | v1.4.0-4
			${{ parameters.debug }}                                      | false
			${{ parameters.clusters.join(', ') }}                        | beijing, shanghai
			${{ artifacts['registry-mirror'].tag }}                      | 2.1.0
			${{ trigger.type }} by ${{ trigger.user }}.                  | image by .
			${{ execution.number }}                                      | 7
			${{ stages.bake.outputs.digest }}                            | sha256:cd
			${{ '}}' + "${{" }}                                          | }}${{
			${{ {'a': {'b': 'c'}}['a']['b'] }}                           | c
			${{ 1.0 / 2.0 > 0.4 ? 'more' : 'less' }}                     | more
			""")
	void expressionsInTextAreReplacedByTheirValues(String text, String expected) {
		assertThat(this.expressions.text(text, CONTEXT)).isEqualTo(expected);
	}

	@Test
	void aConditionAboutAnObjectReadsItsTree() {
		Map<String, Object> object = new HashMap<>(
				Map.of("spec", Map.of("replicas", 3), "status", Map.of("ratio", 0.5f, "ready", List.of(1, 2L))));
		object.put("data", null);
		ExpressionContext context = new ExpressionContext(Map.of("replicas", 3L), Map.of(), Map.of(), Map.of(),
				Map.of(), null);
		Expressions expressions = new Expressions();
		for (String holds : List.of("object.spec.replicas == parameters.replicas", "object.status.ratio < 0.6",
				"object.status.ready == [1, 2]", "object.data == null", "!has(object.status.replicas)",
				"object.status.ready.exists(one, one == 2)")) {
			assertThat(expressions.condition(holds, context, Map.of("object", object))).as(holds).isTrue();
		}
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> expressions.condition("object.status.gone > 1", context, Map.of("object", object)))
			.withMessageContaining("gone");
	}

	@Test
	void whatAConditionReadOfItsSubjectIsTold() {
		Map<String, Object> object = Map.of("status", Map.of("phase", "Pending", "ready", 1));
		assertThat(new Expressions().readings(
				"object.status.phase == 'Running' && object.status.ready == parameters.a && has(object.status.x.y)",
				"object", object))
			.containsEntry("object.status.phase", "'Pending'")
			.containsEntry("object.status.ready", "1")
			.containsEntry("object.status.x.y", "not there")
			.hasSize(3);
	}

	@Test
	void aTextThatIsOneExpressionKeepsTheTypeOfItsValue() {
		assertThat(this.expressions.value("${{ parameters.replicas }}", CONTEXT)).isEqualTo(3L);
		assertThat(this.expressions.value("${{ parameters.debug }}", CONTEXT)).isEqualTo(false);
		assertThat(this.expressions.value("${{ 0.5 }}", CONTEXT)).isEqualTo(0.5);
		assertThat(this.expressions.value("${{ parameters.replicas }} ", CONTEXT)).isEqualTo("3 ");
	}

	@Test
	void whatIsNoTextStaysAsItIs() {
		assertThat(this.expressions.value(5L, CONTEXT)).isEqualTo(5L);
		assertThat(this.expressions.value(true, CONTEXT)).isEqualTo(true);
	}

	@Test
	void theClusterAtHandIsKnown() {
		assertThat(this.expressions.text("${{ cluster.name }}/${{ cluster.region }}/${{ cluster.labels.env }}",
				IN_BEIJING))
			.isEqualTo("beijing/north/prod");
	}

	@Test
	void withoutAClusterItIsRefused() {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.text("${{ cluster.name }}", CONTEXT))
			.withMessageContaining("cluster.name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "parameters.replicas > 2", "${{ parameters.replicas > 2 }}", " ${{ !parameters.debug }} ",
			"trigger.type == 'image' && 'beijing' in parameters.clusters",
			"parameters.clusters.exists(c, c.startsWith('s'))", "trigger.user == ''",
			"parameters.version.matches('^1[.]')", "has(parameters.version)" })
	void conditionsHoldWithAndWithoutBraces(String condition) {
		assertThat(this.expressions.condition(condition, CONTEXT)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "parameters.replicas", "parameters.nothing == 1", "1 +", "${{ true",
			"stages.gone.outputs.x == ''", "unknown == 1" })
	void aConditionThatGivesNoAnswerIsRefusedWithItsText(String condition) {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.condition(condition, CONTEXT))
			.satisfies(ex -> assertThat(condition).contains(ex.expression()));
	}

	@Test
	void aListIsNoText() {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.text("${{ parameters.clusters }}", CONTEXT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1, 2].map(a, [3].map(b, a + b)).size() > 0", "'a'.matches(parameters.version)",
			"'a'.matches('((a{100}){100}){100}')" })
	void whatCouldGrowWithoutBoundIsRefused(String condition) {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.condition(condition, CONTEXT));
	}

	@ParameterizedTest
	@MethodSource("longAndDeep")
	void longAndDeepExpressionsEndSoonWithAnAnswerOrARefusal(String condition) {
		boolean answeredOrRefused = soon(() -> {
			try {
				return this.expressions.condition(condition, CONTEXT);
			}
			catch (ExpressionException ex) {
				return ex.expression().equals(condition);
			}
		});
		assertThat(answeredOrRefused).isTrue();
	}

	static Stream<String> longAndDeep() {
		return Stream.of("1 + ".repeat(10_000) + "1 == 1", "(".repeat(400) + "true" + ")".repeat(400),
				"!".repeat(900) + "true", "[".repeat(450) + "]".repeat(450) + " != [1]", "-".repeat(900) + "1 == 1",
				"true ? ".repeat(100) + "true" + " : false".repeat(100), "a" + ".a".repeat(450) + " == 1",
				"true && ".repeat(110) + "true");
	}

	@Test
	void anExpressionLongerThanAThousandCharactersIsRefused() {
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.expressions.condition("1 + ".repeat(300) + "1 == 301", CONTEXT));
	}

	@Test
	void aLoopOverALongListEnds() {
		String list = "[" + "1,".repeat(400) + "1]";
		assertThat(this.expressions.value("${{ " + list + ".map(a, a + 1).size() }}", CONTEXT)).isEqualTo(401L);
	}

}
