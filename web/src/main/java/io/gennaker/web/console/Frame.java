package io.gennaker.web.console;

import java.util.List;
import java.util.Set;

import io.gennaker.web.gate.Approvers.Approver;

/**
 * What every page shows around its own content.
 *
 * @param user who reads
 * @param roles in lower case, with those that a higher one implies
 * @param gates how many gates wait for this reader
 * @param path the page's own address, for coming back to it
 */
record Frame(String user, Set<String> roles, Set<String> groups, int gates, List<Notices.Notice> notices, String path) {

	/**
	 * Whether the reader has a role.
	 */
	public boolean may(String role) {
		return this.roles.contains(role);
	}

	Approver person() {
		return new Approver(this.user, this.roles, this.groups);
	}

}
