package io.gennaker.web.security;

import io.gennaker.web.audit.Audit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes sign-ins down. A database that is away keeps nobody out: what is done afterwards
 * fails by itself.
 */
@Component
class LoginAudit {

	private static final Log log = LogFactory.getLog(LoginAudit.class);

	private final Audit audit;

	private final UserDirectory directory;

	LoginAudit(Audit audit, UserDirectory directory) {
		this.audit = audit;
		this.directory = directory;
	}

	void succeeded(String user, String address) {
		write(user, "done", "from " + address);
	}

	/**
	 * A name that nobody has may be a password in the wrong field: it is kept nowhere.
	 * @param last whether further attempts are refused for a while
	 */
	void failed(String user, String address, boolean last) {
		String known = this.directory.find(user).map(Person::name).orElse("unknown user");
		write(known, "refused",
				"wrong name or password from " + address + (last ? "; further attempts are refused for a while" : ""));
	}

	void signedOut(String user) {
		record(user, "logout", "done", "");
	}

	private void write(String user, String outcome, String detail) {
		record(user, "login", outcome, detail);
	}

	private void record(String user, String action, String outcome, String detail) {
		try {
			this.audit.record(user, action, "user:" + user, outcome, detail);
		}
		catch (DataAccessException exception) {
			log.warn("Not audited, the database does not answer: " + action + " of " + user + ", " + outcome);
		}
	}

}
