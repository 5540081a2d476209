package io.gennaker.web.gate;

import java.util.Optional;
import java.util.Set;

/**
 * Who people are at this moment, for decisions.
 */
public interface Approvers {

	/**
	 * A user as the service knows them now; empty for one who is gone or locked.
	 */
	Optional<Approver> find(String user);

	/**
	 * A user with what decides about gates.
	 *
	 * @param name the user's name
	 * @param roles in lower case, such as {@code approver}, with those that a higher role
	 * implies
	 * @param groups names of groups
	 */
	record Approver(String name, Set<String> roles, Set<String> groups) {
		public Approver {
			roles = Set.copyOf(roles);
			groups = Set.copyOf(groups);
		}
	}

}
