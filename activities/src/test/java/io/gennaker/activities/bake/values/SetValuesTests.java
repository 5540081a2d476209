package io.gennaker.activities.bake.values;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SetValuesTests {

	private final SetValues values = new SetValues("set of stage bake");

	private String yaml() {
		return new String(this.values.yaml(), StandardCharsets.UTF_8);
	}

	@Test
	void dotsMakeMappings() {
		this.values.put("api.replicas", 6L);
		this.values.put("api.image.tag", "v1");
		assertThat(yaml()).isEqualTo("{\"api\":{\"replicas\":6,\"image\":{\"tag\":\"v1\"}}}");
	}

	@Test
	void typesStayAsTheyAre() {
		this.values.put("text", "1.50");
		this.values.put("yes", "yes");
		this.values.put("number", 1.5);
		this.values.put("flag", false);
		this.values.put("nothing", null);
		assertThat(yaml())
			.isEqualTo("{\"text\":\"1.50\",\"yes\":\"yes\",\"number\":1.5,\"flag\":false,\"nothing\":null}");
	}

	@Test
	void aBackslashMakesADotPartOfAName() {
		this.values.put("annotations.example\\.com/a\\[0\\]", "x");
		assertThat(yaml()).isEqualTo("{\"annotations\":{\"example.com/a[0]\":\"x\"}}");
	}

	@ParameterizedTest
	@CsvSource({ "a[0].b, names an element of a list", "a..b, has an empty name", ".a, has an empty name",
			"taken, is set twice", "taken.b, overlaps with another key" })
	void keysThatCannotBeSetAreRefused(String key, String reason) {
		this.values.put("taken", "x");
		assertThatThrownBy(() -> this.values.put(key, "y")).isInstanceOf(BakeRefusedException.class)
			.hasMessageStartingWith("set of stage bake: key '" + key + "' " + reason);
	}

	@Test
	void listsAreRefused() {
		assertThatThrownBy(() -> this.values.put("a", List.of("x"))).hasMessageContaining("in a values file");
	}

}
