package io.gennaker.web.security.approval;

import java.util.Optional;
import java.util.stream.Collectors;

import io.gennaker.web.gate.Approvers;
import io.gennaker.web.security.Role;
import io.gennaker.web.security.UserDirectory;

import org.springframework.stereotype.Component;

/**
 * Tells gates who people are, at the moment they ask.
 */
@Component
class DirectoryApprovers implements Approvers {

	private final UserDirectory directory;

	DirectoryApprovers(UserDirectory directory) {
		this.directory = directory;
	}

	@Override
	public Optional<Approver> find(String user) {
		return this.directory.find(user)
			.map((person) -> new Approver(person.name(),
					person.roles().stream().map(Role::text).collect(Collectors.toSet()), person.groups()));
	}

}
