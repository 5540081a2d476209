package io.gennaker.web.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gennaker.web.settings.GennakerProperties.UserSettings;

/**
 * Makes accounts of {@code gennaker.users}, and refuses settings that nobody could sign
 * in with.
 */
final class LocalUsers {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

	private static final Pattern ENCODED = Pattern.compile("\\{([^{}]+)}.+");

	/**
	 * Those that Spring Security's delegating encoder checks with the libraries at hand.
	 */
	private static final Set<String> ENCODINGS = Set.of("bcrypt", "pbkdf2", "pbkdf2@SpringSecurity_v5_8");

	private LocalUsers() {
	}

	/**
	 * Reads all users.
	 * @throws IllegalStateException naming every problem, without any password
	 */
	static List<Account> read(List<UserSettings> users) {
		List<String> problems = new ArrayList<>();
		List<Account> accounts = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (int index = 0; index < users.size(); index++) {
			UserSettings user = users.get(index);
			String place = "gennaker.users[" + index + "] (" + user.name() + "): ";
			List<String> found = problems(user);
			if (!names.add(user.name())) {
				found.add("the name is taken by an earlier user");
			}
			found.forEach((problem) -> problems.add(place + problem));
			if (found.isEmpty()) {
				accounts.add(account(user));
			}
		}
		if (!problems.isEmpty()) {
			throw new IllegalStateException("Users cannot be read:\n  " + String.join("\n  ", problems));
		}
		return accounts;
	}

	static Account account(UserSettings user) {
		Set<Role> roles = EnumSet.noneOf(Role.class);
		user.roles().forEach((text) -> Role.of(text).ifPresent((role) -> roles.addAll(role.implied())));
		return new Account(new Person(user.name(), roles, Set.copyOf(user.groups())), user.password());
	}

	private static List<String> problems(UserSettings user) {
		List<String> problems = new ArrayList<>();
		if (!NAME.matcher(user.name()).matches()) {
			problems.add("a name has 1 to 64 letters, digits or any of . _ @ + -, and starts with a letter or digit");
		}
		if (user.roles().isEmpty()) {
			problems.add("roles are missing; known are " + roles());
		}
		user.roles()
			.stream()
			.filter((text) -> Role.of(text).isEmpty())
			.forEach((text) -> problems.add("there is no role \"" + text + "\"; known are " + roles()));
		problems.addAll(passwordProblems(user.password()));
		return problems;
	}

	private static List<String> passwordProblems(String password) {
		Matcher encoded = ENCODED.matcher(password);
		if (!encoded.matches()) {
			return List.of("the password is not encoded; write it as {bcrypt}…, "
					+ "made for example by: htpasswd -bnBC 12 '' PASSWORD | tr -d ':\\n'");
		}
		if (!ENCODINGS.contains(encoded.group(1))) {
			return List.of("the password's encoding is not taken; known are "
					+ ENCODINGS.stream().sorted().collect(Collectors.joining(", ")));
		}
		return List.of();
	}

	private static String roles() {
		return Arrays.stream(Role.values()).map(Role::text).collect(Collectors.joining(", "));
	}

}
