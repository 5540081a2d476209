package io.gennaker.web.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HomeTests {

	@TempDir
	Path folder;

	@Test
	void aTildeIsTheUsersHome() {
		assertThat(Home.resolve("~/.gennaker")).isEqualTo(Path.of(System.getProperty("user.home"), ".gennaker"));
	}

	@Test
	void oneServiceAtATimeHasIt() {
		String setting = this.folder.resolve("home").toString();
		try (Home first = Home.open(setting)) {
			assertThatIllegalStateException().isThrownBy(() -> Home.open(setting))
				.withMessageContaining(first.path().toString())
				.withMessageContaining("process " + ProcessHandle.current().pid())
				.withMessageContaining("gennaker.home");
		}
		Home.open(setting).close();
	}

	@Test
	void itsFoldersAndSecretsAreTheUsersAlone() throws Exception {
		try (Home home = Home.open(this.folder.resolve("home").toString())) {
			home.writeSecret("secret", "x");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder("sandbox"))))
				.isEqualTo("rwx------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.file("secret"))))
				.isEqualTo("rw-------");
		}
	}

}
