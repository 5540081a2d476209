package io.gennaker.activities.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry says in {@code WWW-Authenticate}
 * (https://distribution.github.io/distribution/spec/auth/token/).
 */
sealed interface AuthChallenge {

	/** The attributes of a challenge: name="value" or name=value. */
	Pattern ATTRIBUTE = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

	/**
	 * A token is to be fetched from the realm.
	 */
	record Bearer(String realm, String service, String scope) implements AuthChallenge {
	}

	/**
	 * User and password are to be sent.
	 */
	record Basic() implements AuthChallenge {
	}

	/**
	 * Nothing that this client knows.
	 */
	record Unknown() implements AuthChallenge {
	}

	/**
	 * The first challenge that is known.
	 */
	static AuthChallenge parse(List<String> headers) {
		for (String header : headers) {
			String scheme = header.strip().toLowerCase(Locale.ROOT);
			if (scheme.startsWith("bearer")) {
				Map<String, String> attributes = attributes(header);
				return new Bearer(attributes.getOrDefault("realm", ""), attributes.getOrDefault("service", ""),
						attributes.getOrDefault("scope", ""));
			}
			if (scheme.startsWith("basic")) {
				return new Basic();
			}
		}
		return new Unknown();
	}

	private static Map<String, String> attributes(String header) {
		Map<String, String> attributes = new HashMap<>();
		Matcher matcher = ATTRIBUTE.matcher(header);
		while (matcher.find()) {
			String value = (matcher.group(2) != null) ? matcher.group(2) : matcher.group(3);
			attributes.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
		}
		return attributes;
	}

}
