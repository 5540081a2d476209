package io.gennaker.activities.bake.values;

import java.util.List;
import java.util.regex.Pattern;

import io.gennaker.activities.bake.origin.Given;
import io.gennaker.activities.bake.values.ValuesExplanation.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of values what looks like a secret: by the name of the key or of what it
 * stands in, by a list that speaks of one, by a user and a password in a URL. A value of
 * which nobody can say who gave it is taken out too.
 */
final class SecretKeys {

	/** What stands in place of a secret, as everywhere in the service. */
	private static final String MASK = "•••";

	private static final Pattern NAME = Pattern.compile(
			"(?i).*(passw|passphrase|pwd|secret|token|credential|auth|private|cookie|salt|signature|dsn|connection-?string).*"
					+ "|(.*[-_. ])?(?i:keys?)|.*[a-z0-9]Keys?|(?i).*(api|access|signing|encryption|license)keys?");

	private static final Pattern SPOKEN_OF = Pattern
		.compile("(?is).*(passw|passphrase|secret|token|credential|api.?key|private.?key|access.?key).*");

	private static final Pattern URL = Pattern.compile("(?s).*://[^/@\\s]*:[^/@\\s]+@.*");

	private static final Pattern PEM = Pattern.compile("(?s).*-----BEGIN .*");

	private SecretKeys() {
	}

	static Entry masked(Entry entry) {
		boolean secret = entry.path().stream().anyMatch((name) -> NAME.matcher(name).matches())
				|| entry.winner() == null || isSecret(entry.value())
				|| entry.overridden().stream().anyMatch((given) -> isSecret(given.text()));
		if (!secret) {
			return entry;
		}
		Given winner = entry.winner();
		List<Given> overridden = entry.overridden().stream().map(SecretKeys::hidden).toList();
		return new Entry(entry.path(), hidden(entry.value()), (winner != null) ? hidden(winner) : null, overridden);
	}

	private static boolean isSecret(@Nullable String value) {
		return value != null && (URL.matcher(value).matches() || PEM.matcher(value).matches()
				|| ((value.startsWith("[") || value.startsWith("{")) && SPOKEN_OF.matcher(value).matches()));
	}

	/** That something is true, nothing or empty gives nothing away. */
	private static @Nullable String hidden(@Nullable String value) {
		return (value == null || List.of("true", "false", "null", "\"\"", "{}", "[]").contains(value)) ? value : MASK;
	}

	private static Given hidden(Given given) {
		String text = hidden(given.text());
		return new Given(given.layer(), given.kind(), given.line(), (text != null) ? text : "", given.nothing(),
				given.mapping());
	}

}
