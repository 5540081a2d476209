package io.gennaker.pipelines.model;

import java.util.List;

import io.gennaker.pipelines.model.FieldPath.Step.EachItem;
import io.gennaker.pipelines.model.FieldPath.Step.Item;
import io.gennaker.pipelines.model.FieldPath.Step.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FieldPathTests {

	@Test
	void keysItemsAndQuotedKeysAreSteps() {
		assertThat(FieldPath.parse("spec.list[*].deep[12]['a.b/c'][\"it's\"].x-y_z").steps()).containsExactly(
				new Key("spec"), new Key("list"), new EachItem(), new Key("deep"), new Item(12), new Key("a.b/c"),
				new Key("it's"), new Key("x-y_z"));
		assertThat(FieldPath.parse("['a.b'].c").steps()).containsExactly(new Key("a.b"), new Key("c"));
	}

	@Test
	void aPathIsDividedAtItsLastList() {
		FieldPath path = FieldPath.parse("a[*].b[*].c[0].d");
		assertThat(path.listSteps()).isEqualTo(FieldPath.parse("a[*].b[*]").steps());
		assertThat(path.fieldSteps()).containsExactly(new Key("c"), new Item(0), new Key("d"));
		assertThat(FieldPath.parse("a.b").listSteps()).isEqualTo(List.of());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "`` | 0 | empty", ".a | 0 | begins with a key", "$.a | 0 | begins with a key",
					"a. | 2 | key is missing", "a..b | 2 | key is missing", "a b | 1 | expected '.'",
					"a[ | 1 | between '[' and ']'", "a[x] | 1 | between '[' and ']'", "a[-1] | 1 | between",
					"a[99999] | 1 | between", "a[١] | 1 | between", "a[*b | 3 | ']' is missing",
					"a[''] | 2 | the key is empty", "a['b | 2 | not closed", "a[*]b | 4 | expected '.'",
					"a'b' | 1 | expected '.'", "a] | 1 | expected '.'" })
	void whatIsNoPathIsRefusedAtItsPlace(String text, int offset, String reason) {
		FieldPath.Malformed malformed = assertThatExceptionOfType(FieldPath.Malformed.class)
			.isThrownBy(() -> FieldPath.parse(text))
			.actual();
		assertThat(malformed).hasMessageContaining(reason);
		assertThat(malformed.offset()).isEqualTo(offset);
	}

	@Test
	void aPathHasALimit() {
		assertThatExceptionOfType(FieldPath.Malformed.class).isThrownBy(() -> FieldPath.parse("a" + ".a".repeat(60)))
			.withMessageContaining("50 steps");
	}

}
