package io.gennaker.web.api;

import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * Says what is wrong with JSON, and where.
 */
public final class JsonFaults {

	private JsonFaults() {
	}

	/**
	 * Such as {@code Line 3, column 7: Unexpected character …}; never a Java class.
	 */
	public static String describe(JacksonException exception) {
		TokenStreamLocation at = exception.getLocation();
		String path = exception.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
			.collect(Collectors.joining("."));
		String place = (at != null && at.getLineNr() > 0)
				? "Line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " : "";
		return place + (path.isEmpty() ? syntax(exception) : "the value of " + path + " does not fit");
	}

	private static String syntax(JacksonException exception) {
		String message = String.valueOf(exception.getOriginalMessage()).lines().findFirst().orElse("");
		return message.contains("tools.jackson") || message.contains("java.") ? "the value does not fit" : message;
	}

}
