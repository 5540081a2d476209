package io.gennaker.web.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a user may do. An admin does not decide gates unless they are an approver as well.
 */
public enum Role {

	/** Reads. */
	VIEWER,
	/** Starts and steers executions. */
	ENGINEER,
	/** Decides gates. */
	APPROVER,
	/** Edits pipelines, clusters, receivers and users. */
	ADMIN;

	/**
	 * The role with all that it implies.
	 */
	Set<Role> implied() {
		return switch (this) {
			case VIEWER -> EnumSet.of(VIEWER);
			case ENGINEER -> EnumSet.of(ENGINEER, VIEWER);
			case APPROVER -> EnumSet.of(APPROVER, VIEWER);
			case ADMIN -> EnumSet.of(ADMIN, ENGINEER, VIEWER);
		};
	}

	/**
	 * As settings write it, such as {@code engineer}.
	 */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * As Spring Security knows it, such as {@code ROLE_ENGINEER}.
	 */
	String authority() {
		return "ROLE_" + name();
	}

	static Optional<Role> of(String text) {
		return Arrays.stream(values()).filter((role) -> role.text().equals(text)).findFirst();
	}

}
