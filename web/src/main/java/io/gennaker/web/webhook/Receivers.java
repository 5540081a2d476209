package io.gennaker.web.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.settings.GennakerProperties.ReceiverSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The receivers of {@code gennaker.receivers}, and those that embedded parts bring. Only
 * digests of their tokens are kept.
 */
@Component
public class Receivers {

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	/** What a URL's path carries without escapes. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{16,256}");

	private static final byte[] NOBODY = new byte[32];

	private final Map<String, Known> receivers = new LinkedHashMap<>();

	Receivers(GennakerProperties settings, ObjectProvider<ReceiverSettings> embedded) {
		embedded.forEach((receiver) -> this.receivers.put(receiver.name(),
				new Known(Objects.requireNonNull(read(receiver)), digest(receiver.token()))));
		List<String> problems = new ArrayList<>();
		for (int index = 0; index < settings.receivers().size(); index++) {
			ReceiverSettings receiver = settings.receivers().get(index);
			String place = "gennaker.receivers[" + index + "] (" + receiver.name() + "): ";
			problems(receiver).forEach((problem) -> problems.add(place + problem));
			Receiver read = read(receiver);
			if (read != null) {
				this.receivers.put(receiver.name(), new Known(read, digest(receiver.token())));
			}
		}
		if (!problems.isEmpty()) {
			throw new IllegalStateException("Webhook receivers cannot be read:\n  " + String.join("\n  ", problems));
		}
	}

	/**
	 * The names of all receivers, in the order of the settings.
	 */
	public List<String> names() {
		return List.copyOf(this.receivers.keySet());
	}

	/**
	 * A receiver whose token this is. Takes the same time whatever is wrong.
	 */
	Optional<Receiver> admit(String name, String token) {
		Known known = this.receivers.get(name);
		byte[] expected = (known != null) ? known.tokenDigest() : NOBODY;
		boolean right = MessageDigest.isEqual(expected, digest(token));
		return (known != null && right) ? Optional.of(known.receiver()) : Optional.empty();
	}

	/**
	 * A receiver by its name; empty where the settings name it no longer.
	 */
	Optional<Receiver> find(String name) {
		return Optional.ofNullable(this.receivers.get(name)).map(Known::receiver);
	}

	static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException exception) {
			throw new IllegalStateException("Every Java platform has SHA-256", exception);
		}
	}

	private List<String> problems(ReceiverSettings receiver) {
		List<String> problems = new ArrayList<>();
		if (!NAME.matcher(receiver.name()).matches()) {
			problems.add("a name has 1 to 63 lower-case letters, digits or hyphens");
		}
		if (this.receivers.containsKey(receiver.name())) {
			problems.add("the name is taken by an earlier receiver");
		}
		if (read(receiver) == null) {
			problems.add("there is no type \"" + receiver.type() + "\"; known are distribution, dockerhub");
		}
		if (!TOKEN.matcher(receiver.token()).matches()) {
			problems.add("a token has 16 to 256 letters, digits or any of . _ ~ -");
		}
		return problems;
	}

	private static @Nullable Receiver read(ReceiverSettings receiver) {
		return switch (receiver.type()) {
			case "distribution" -> new Receiver.Distribution(receiver.name());
			case "dockerhub" -> new Receiver.DockerHub(receiver.name());
			default -> null;
		};
	}

	private record Known(Receiver receiver, byte[] tokenDigest) {
	}

}
