package io.gennaker.web.security;

import java.util.Optional;
import java.util.Set;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who asks, for controllers and for templates ({@code ${@currentUser.name}}).
 */
@Component("currentUser")
public class CurrentUser {

	/**
	 * Whoever is signed in at the current request; empty where nobody is.
	 */
	public Optional<Person> find() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof SignedInPerson signedIn)
				? Optional.of(signedIn.person()) : Optional.empty();
	}

	/**
	 * Whoever is signed in.
	 * @throws IllegalStateException if nobody is, which no protected route meets
	 */
	public Person get() {
		return find().orElseThrow(() -> new IllegalStateException("Nobody is signed in at this request"));
	}

	/**
	 * Whether somebody is signed in.
	 */
	public boolean isPresent() {
		return find().isPresent();
	}

	/**
	 * The user's name.
	 */
	public String getName() {
		return get().name();
	}

	/**
	 * The user's roles with all that they imply; none where nobody is signed in.
	 */
	public Set<Role> getRoles() {
		return find().map(Person::roles).orElse(Set.of());
	}

	/**
	 * The user's groups; none where nobody is signed in.
	 */
	public Set<String> getGroups() {
		return find().map(Person::groups).orElse(Set.of());
	}

	/**
	 * Whether the user has a role.
	 * @param role as settings write it, such as {@code engineer}
	 */
	public boolean has(String role) {
		return getRoles().stream().anyMatch((had) -> had.text().equals(role));
	}

}
