package io.gennaker.web.security;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.gennaker.web.settings.GennakerProperties.UserSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The users of a service that has none configured.
 */
final class DemoUsers {

	private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

	private static final List<String> MANAGERS = List.of("release-managers");

	private final String password;

	private final boolean fresh;

	private DemoUsers(String password, boolean fresh) {
		this.password = password;
		this.fresh = fresh;
	}

	static DemoUsers with(@Nullable String password) {
		if (password == null) {
			return new DemoUsers(freshPassword(), true);
		}
		if (password.isBlank()) {
			throw new IllegalStateException(
					"gennaker.demo-password is empty; leave it out to have one made at each start");
		}
		return new DemoUsers(password, false);
	}

	List<Account> accounts(PasswordEncoder encoder) {
		String encoded = String.valueOf(encoder.encode(this.password));
		return Stream
			.of(new UserSettings("engineer", encoded, List.of("engineer"), List.of()),
					new UserSettings("approver", encoded, List.of("approver"), MANAGERS),
					new UserSettings("approver2", encoded, List.of("approver"), MANAGERS),
					new UserSettings("admin", encoded, List.of("admin"), List.of()),
					new UserSettings("viewer", encoded, List.of("viewer"), List.of()))
			.map(LocalUsers::account)
			.toList();
	}

	/**
	 * What whoever starts the service must read.
	 */
	String announcement() {
		return """

				  No users are configured: demo users may sign in, from this machine only.
				    users     engineer, approver, approver2, admin, viewer
				    password  %s
				""".formatted(this.fresh ? this.password : "as set by gennaker.demo-password");
	}

	/** Some 80 bits, in groups that a person can type. */
	private static String freshPassword() {
		SecureRandom random = new SecureRandom();
		return IntStream.range(0, 4)
			.mapToObj((_) -> IntStream.range(0, 4)
				.mapToObj((_) -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))))
				.collect(Collectors.joining()))
			.collect(Collectors.joining("-"));
	}

}
