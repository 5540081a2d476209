package io.gennaker.web.security;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The users that the service knows.
 */
public class UserDirectory {

	private final Map<String, Account> accounts = new LinkedHashMap<>();

	private final boolean demo;

	UserDirectory(Collection<Account> accounts, boolean demo) {
		accounts.forEach((account) -> this.accounts.put(account.person().name(), account));
		this.demo = demo;
	}

	/**
	 * A user as known now; empty for one who is gone.
	 */
	public Optional<Person> find(String name) {
		return Optional.ofNullable(this.accounts.get(name)).map(Account::person);
	}

	/**
	 * All users, in the order of the settings.
	 */
	public List<Person> people() {
		return this.accounts.values().stream().map(Account::person).toList();
	}

	/**
	 * Whether these are the demo users, who may come from the same machine only.
	 */
	public boolean isDemo() {
		return this.demo;
	}

	@Nullable Account account(String name) {
		return this.accounts.get(name);
	}

}
