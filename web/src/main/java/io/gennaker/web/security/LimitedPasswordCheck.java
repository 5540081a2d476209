package io.gennaker.web.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks passwords, few at once, and stops looking at them after failures: by user and
 * address, and by address over all users.
 */
final class LimitedPasswordCheck implements AuthenticationProvider {

	private static final int KEYS = 20_000;

	private final AuthenticationProvider passwords;

	private final LoginAudit audit;

	private final RateLimit byUser = new RateLimit(5, Duration.ofSeconds(20), KEYS);

	private final RateLimit byAddress = new RateLimit(50, Duration.ofSeconds(2), KEYS);

	/**
	 * A check costs tens of milliseconds of a core, on purpose. It also bounds how many
	 * guesses are under way before the first failure counts.
	 */
	private final Semaphore checks = new Semaphore(2 * Runtime.getRuntime().availableProcessors());

	LimitedPasswordCheck(AuthenticationProvider passwords, LoginAudit audit) {
		this.passwords = passwords;
		this.audit = audit;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.passwords.supports(authentication);
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) throws AuthenticationException {
		this.checks.acquireUninterruptibly();
		try {
			return check(authentication);
		}
		finally {
			this.checks.release();
		}
	}

	private @Nullable Authentication check(Authentication authentication) {
		String address = address(authentication);
		String user = authentication.getName() + "\n" + address;
		Duration wait = longer(this.byUser.peek(user), this.byAddress.peek(address));
		if (wait.isPositive()) {
			throw new TooManyAttemptsException(wait);
		}
		try {
			Authentication checked = this.passwords.authenticate(authentication);
			this.byUser.forget(user);
			return checked;
		}
		catch (AuthenticationException exception) {
			this.byUser.take(user);
			this.byAddress.take(address);
			this.audit.failed(authentication.getName(), address, this.byUser.peek(user).isPositive());
			throw exception;
		}
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static String address(Authentication authentication) {
		return (authentication.getDetails() instanceof WebAuthenticationDetails details)
				? String.valueOf(details.getRemoteAddress()) : "unknown";
	}

}
