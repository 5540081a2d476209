package io.gennaker.web.security;

import java.util.List;

import io.gennaker.web.settings.GennakerProperties.UserSettings;
import org.junit.jupiter.api.Test;

import org.springframework.security.crypto.factory.PasswordEncoderFactories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Users as people configure them.
 */
class LocalUsersTests {

	@Test
	void aPlainPasswordIsRefusedNamingTheUserAndNotThePassword() {
		assertThatIllegalStateException().isThrownBy(() -> LocalUsers.read(List.of(user("ann", "hunter2", "viewer"))))
			.withMessageContaining("gennaker.users[0] (ann)")
			.withMessageContaining("not encoded")
			.satisfies((exception) -> assertThat(exception.getMessage()).doesNotContain("hunter2"));
	}

	@Test
	void aPlainPasswordIsRefusedThoughItSaysSo() {
		assertThatIllegalStateException()
			.isThrownBy(() -> LocalUsers.read(List.of(user("ann", "{noop}hunter2", "viewer"))))
			.withMessageContaining("encoding is not taken");
	}

	@Test
	void everyProblemIsNamedAtOnce() {
		assertThatIllegalStateException()
			.isThrownBy(() -> LocalUsers.read(List.of(user("ann", "{bcrypt}x", "boss"), user("ann", "plain"))))
			.withMessageContaining("no role \"boss\"; known are viewer, engineer, approver, admin")
			.withMessageContaining("gennaker.users[1] (ann): roles are missing")
			.withMessageContaining("taken by an earlier user")
			.withMessageContaining("not encoded");
	}

	@Test
	void anAdminDoesNotDecideGates() {
		Account admin = LocalUsers.read(List.of(user("ann", "{bcrypt}x", "admin"))).getFirst();
		assertThat(admin.person().roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.ENGINEER, Role.VIEWER);
	}

	@Test
	void anAccountNeverShowsItsPassword() {
		Account account = LocalUsers.read(List.of(user("ann", "{bcrypt}secret", "viewer"))).getFirst();
		assertThat(account.toString()).doesNotContain("secret");
		assertThat(new SignedInPerson(account).toString()).doesNotContain("secret");
	}

	@Test
	void demoUsersShareAFreshPasswordThatIsAnnounced() {
		DemoUsers one = DemoUsers.with(null);
		DemoUsers other = DemoUsers.with(null);
		assertThat(one.announcement()).isNotEqualTo(other.announcement()).containsPattern("password  [a-z2-9-]{19}\n");
		assertThat(one.accounts(PasswordEncoderFactories.createDelegatingPasswordEncoder()))
			.extracting((account) -> account.person().name())
			.containsExactly("engineer", "approver", "approver2", "admin", "viewer");
	}

	@Test
	void aConfiguredDemoPasswordIsNotAnnounced() {
		assertThat(DemoUsers.with("tell nobody").announcement()).doesNotContain("tell nobody");
	}

	private static UserSettings user(String name, String password, String... roles) {
		return new UserSettings(name, password, List.of(roles), List.of());
	}

}
