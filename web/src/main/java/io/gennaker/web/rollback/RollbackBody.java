package io.gennaker.web.rollback;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.rollback.RollbackRequest.Choice;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the API says of a rollback.
 *
 * @param reason why
 * @param places where to; all without it
 * @param to of a single place: the id of the release to come back
 * @param others keys that mean nothing here; a misspelt one must not be passed over
 */
record RollbackBody(@Nullable String reason, @Nullable List<@Nullable ChosenPlace> places, @Nullable Long to,
		@JsonAnySetter @Nullable Map<String, @Nullable Object> others) {

	static final RollbackBody EMPTY = new RollbackBody(null, null, null, null);

	private static final int LONGEST = 2_000;

	/**
	 * A place.
	 */
	record ChosenPlace(@Nullable String stage, @Nullable String cluster, @Nullable Long to) {
	}

	void refuseUnknown(String known) {
		if (this.others != null && !this.others.isEmpty()) {
			throw new InvalidParameterException(this.others.keySet().iterator().next(),
					"is not known here; there are " + known);
		}
	}

	String text() {
		String text = (this.reason != null) ? this.reason.strip() : "";
		if (text.length() > LONGEST) {
			throw new InvalidParameterException("reason", "has more than " + LONGEST + " characters");
		}
		return text;
	}

	List<Choice> choices() {
		if (this.places == null) {
			return List.of();
		}
		if (this.places.isEmpty()) {
			throw new InvalidParameterException("places", "names no place; leave it out to take all of them back");
		}
		return this.places.stream().map(RollbackBody::choice).toList();
	}

	private static Choice choice(@Nullable ChosenPlace place) {
		if (place == null || place.stage() == null || place.cluster() == null) {
			throw new InvalidParameterException("places", "each needs a 'stage' and a 'cluster'");
		}
		return new Choice(place.stage(), place.cluster(), place.to());
	}

}
