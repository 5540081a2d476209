package io.gennaker.web.execution;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gennaker.web.api.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the API says of an execution.
 *
 * @param parameters values by name
 * @param artifacts tags or digests by component
 * @param allowOlder whether it may replace something newer; null for no
 * @param others keys that mean nothing here; a misspelt one must not be passed over, or
 * other images than the caller's would go out
 */
public record StartBody(@Nullable Map<String, @Nullable Object> parameters,
		@Nullable Map<String, @Nullable String> artifacts, @JsonProperty("allow-older") @Nullable Boolean allowOlder,
		@JsonAnySetter @Nullable Map<String, @Nullable Object> others) {

	/** What a request without a body says. */
	public static final StartBody EMPTY = new StartBody(null, null, null, null);

	/**
	 * The parameters, empty where none are given.
	 */
	public Map<String, @Nullable Object> givenParameters() {
		return (this.parameters != null) ? this.parameters : Map.of();
	}

	/**
	 * The artifacts, empty where none are given.
	 */
	public Map<String, String> givenArtifacts() {
		Map<String, String> given = new TreeMap<>();
		if (this.artifacts != null) {
			this.artifacts
				.forEach((component, reference) -> given.put(component, (reference != null) ? reference : ""));
		}
		return given;
	}

	/**
	 * Whether it may replace something newer.
	 */
	public boolean mayBeOlder() {
		return Boolean.TRUE.equals(this.allowOlder);
	}

	/**
	 * Refuses keys that mean nothing here.
	 * @throws InvalidParameterException for the first of them
	 */
	public void refuseUnknown() {
		if (this.others != null && !this.others.isEmpty()) {
			throw new InvalidParameterException(this.others.keySet().iterator().next(),
					"is not known here; there are 'parameters', 'artifacts' and 'allow-older'");
		}
	}

}
