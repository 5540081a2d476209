package io.gennaker.web.values;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gennaker.activities.bake.origin.Given;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.web.api.NotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Which layer of values won, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/executions/{id}/stages/{stage}/bake/clusters/{cluster}/values")
@PreAuthorize("hasRole('VIEWER')")
class ValuesController {

	private final ExplainedValues values;

	ValuesController(ExplainedValues values) {
		this.values = values;
	}

	/**
	 * The values that templates see, each with the layer that gave it and those that it
	 * won over. What looks like a secret is masked.
	 * @param key a dotted key; everything in it, where it is a mapping. All keys without
	 * it
	 */
	@GetMapping
	List<Value> values(@PathVariable UUID id, @PathVariable String stage, @PathVariable String cluster,
			@RequestParam(required = false) @Nullable String key) {
		ValuesExplanation all = this.values.of(id, stage, cluster);
		if (key == null) {
			return answer(all);
		}
		List<Value> about = answer(all.about(key));
		if (about.isEmpty()) {
			throw new NotFoundException("No layer gives a key '" + key + "'.");
		}
		return about;
	}

	private static List<Value> answer(ValuesExplanation explanation) {
		return explanation.entries()
			.stream()
			.map((entry) -> new Value(entry.key(), entry.value(), layer(entry.winner()),
					entry.overridden().stream().map(Layer::of).toList()))
			.toList();
	}

	private static @Nullable Layer layer(@Nullable Given given) {
		return (given != null) ? Layer.of(given) : null;
	}

	/**
	 * A key.
	 *
	 * @param key names with dots between
	 * @param value the value as JSON text; null where the key was taken away
	 * @param layer who gave it or took it away; null where no layer names it
	 * @param overridden who gave it another value, the highest layer first
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Value(String key, @Nullable String value, @Nullable Layer layer, List<Layer> overridden) {
	}

	/**
	 * What a layer says.
	 *
	 * @param layer such as {@code values/prod.yaml} or {@code set of stage bake}
	 * @param kind {@code CHART}, {@code FILE} or {@code SET}
	 * @param line from 1; 0 where the layer has no lines
	 * @param value as written
	 */
	record Layer(String layer, String kind, int line, String value) {

		static Layer of(Given given) {
			return new Layer(given.layer(), given.kind().name(), given.line(), given.text());
		}

	}

}
