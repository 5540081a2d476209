package io.gennaker.web.security;

import java.io.Serializable;
import java.util.Set;

/**
 * A user, without what proves it.
 *
 * @param name unique
 * @param roles with all that they imply
 * @param groups names that gates may ask for
 */
public record Person(String name, Set<Role> roles, Set<String> groups) implements Serializable {

	public Person {
		roles = Set.copyOf(roles);
		groups = Set.copyOf(groups);
	}

}
