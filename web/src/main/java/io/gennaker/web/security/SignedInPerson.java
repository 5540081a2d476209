package io.gennaker.web.security;

import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A person as Spring Security carries it through a request or a session.
 */
final class SignedInPerson implements UserDetails, CredentialsContainer {

	private static final long serialVersionUID = 1L;

	private final Person person;

	private @Nullable String password;

	SignedInPerson(Account account) {
		this.person = account.person();
		this.password = account.encodedPassword();
	}

	Person person() {
		return this.person;
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return this.person.roles().stream().map((role) -> new SimpleGrantedAuthority(role.authority())).toList();
	}

	@Override
	public @Nullable String getPassword() {
		return this.password;
	}

	@Override
	public String getUsername() {
		return this.person.name();
	}

	@Override
	public void eraseCredentials() {
		this.password = null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SignedInPerson that && this.person.name().equals(that.person.name());
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.person.name());
	}

	@Override
	public String toString() {
		return this.person.toString();
	}

}
