package io.gennaker.activities.webhook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an operator keeps for stages, by name. The values go into requests and nowhere
 * else.
 */
public final class WebhookSecrets {

	private static final String MASK = "***";

	private final Map<String, String> values;

	/**
	 * Keeps the values.
	 */
	public WebhookSecrets(Map<String, String> values) {
		this.values = Map.copyOf(values);
	}

	/**
	 * A value.
	 * @throws WebhookRefusedException if there is none of that name
	 */
	String require(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new WebhookRefusedException("There is no secret '" + name
					+ "': an operator can add it under gennaker.secrets; there are "
					+ (this.values.isEmpty() ? "none" : String.join(", ", new TreeMap<>(this.values).keySet())));
		}
		return value;
	}

	/**
	 * A text without any of the values.
	 */
	String mask(String text) {
		List<String> longestFirst = new ArrayList<>(this.values.values());
		longestFirst.sort(Comparator.comparingInt(String::length).reversed());
		String masked = text;
		for (String value : longestFirst) {
			masked = value.isEmpty() ? masked : masked.replace(value, MASK);
		}
		return masked;
	}

	@Override
	public String toString() {
		return "WebhookSecrets" + new TreeMap<>(this.values).keySet();
	}

}
