package io.gennaker.web.execution;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the API says of an execution.
 *
 * @param parameters values by name
 * @param artifacts tags or digests by component
 * @param others keys that mean nothing here; a misspelt one must not be passed over, or
 * other images than the caller's would go out
 */
record StartBody(@Nullable Map<String, @Nullable Object> parameters, @Nullable Map<String, @Nullable String> artifacts,
		@JsonAnySetter @Nullable Map<String, @Nullable Object> others) {

	static final StartBody EMPTY = new StartBody(null, null, null);

	Map<String, @Nullable Object> givenParameters() {
		return (this.parameters != null) ? this.parameters : Map.of();
	}

	Map<String, String> givenArtifacts() {
		Map<String, String> given = new TreeMap<>();
		if (this.artifacts != null) {
			this.artifacts
				.forEach((component, reference) -> given.put(component, (reference != null) ? reference : ""));
		}
		return given;
	}

	@Nullable String firstUnknown() {
		return (this.others != null && !this.others.isEmpty()) ? this.others.keySet().iterator().next() : null;
	}

}
