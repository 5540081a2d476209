package io.gennaker.pipelines.language;

import java.util.List;

import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.pipelines.model.WholeMatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads an artifact's {@code verify}.
 */
final class SignaturePolicyDecoder {

	static final Vocabulary KEYS = Vocabulary.of("verify", "key", "transparency-log", "issuer", "identity",
			"identity-pattern");

	private SignaturePolicyDecoder() {
	}

	static SignaturePolicy decode(Value value) {
		Section section = new Section(value, KEYS);
		String key = section.text("key");
		String issuer = section.text("issuer");
		String identity = section.text("identity");
		String pattern = section.text("identity-pattern");
		if (key != null) {
			for (String other : List.of("issuer", "identity", "identity-pattern")) {
				if (section.find(other) != null) {
					section.problem(other,
							"a signature is verified by a 'key' or by an 'issuer' and identity, not both");
				}
			}
			return new SignaturePolicy.Key(key, section.flag("transparency-log", true));
		}
		if (section.find("transparency-log") != null) {
			section.problem("transparency-log", "is a choice only with a 'key'; an identity always needs the log");
		}
		return byIdentity(value, section, issuer, identity, pattern);
	}

	private static SignaturePolicy byIdentity(Value value, Section section, @Nullable String issuer,
			@Nullable String identity, @Nullable String pattern) {
		if (issuer == null && identity == null && pattern == null) {
			problem(value, "give a 'key' (a file with a public key), or an 'issuer' with an 'identity'");
		}
		else if (issuer == null) {
			problem(value, "'issuer' is missing: who vouches for the identity, such as https://accounts.example.com");
		}
		else if ((identity == null) == (pattern == null)) {
			problem(value, "give either an 'identity' or an 'identity-pattern' beside the issuer");
		}
		if (pattern != null) {
			WholeMatch.problem(pattern)
				.ifPresent(
						(reason) -> section.problem("identity-pattern", "not a regular expression (RE2): " + reason));
		}
		return new SignaturePolicy.Identity((issuer != null) ? issuer : "", identity, pattern);
	}

	private static void problem(Value value, String message) {
		value.problems().at(value.path(), message);
	}

}
