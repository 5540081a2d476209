package io.gennaker.web.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HeadStartTests {

	@TempDir
	Path folder;

	@Test
	void whatNobodyTookIsStoppedWhenTheStartIsCutShort() throws Exception {
		Path home = this.folder.resolve("home");
		GenericApplicationContext context = context(Map.of("gennaker.home", home.toString()));
		HeadStart.begin(context);
		context.registerBean("broken", Object.class, () -> {
			throw new IllegalArgumentException("cut short");
		});
		assertThatExceptionOfType(Exception.class).isThrownBy(context::refresh).withStackTraceContaining("cut short");
		assertThat(home.resolve("postgres/PG_VERSION")).exists();
		assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
		Home.open(home.toString()).close();
	}

	@Test
	void whoTakesItGetsItRunning() throws Exception {
		try (HeadStart start = new HeadStart(settings("spring.temporal.connection.target", "127.0.0.1:7233"));
				EmbeddedDatabase database = start.database()) {
			assertThat(database.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
			assertThatIllegalStateException().isThrownBy(start::temporal).withMessageContaining("named by property");
		}
	}

	@Test
	void nothingStartsWhereBothAreNamed() {
		MockEnvironment settings = settings("spring.temporal.connection.target", "127.0.0.1:7233")
			.withProperty("spring.datasource.url", "jdbc:postgresql://database.example.com/gennaker");
		try (HeadStart start = new HeadStart(settings)) {
			assertThat(this.folder.resolve("home")).doesNotExist();
			assertThatIllegalStateException().isThrownBy(start::database).withMessageContaining("named by property");
		}
	}

	@Test
	void whyItDoesNotStartReachesWhoeverWaits() throws Exception {
		Path home = this.folder.resolve("home");
		Files.createDirectories(home);
		Files.writeString(home.resolve("postgres-program"), "a file where the folder should be");
		try (HeadStart start = new HeadStart(settings("spring.temporal.connection.target", "127.0.0.1:7233"))) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(start::database)
				.withMessageContaining(home.resolve("postgres-program").toString());
		}
	}

	private MockEnvironment settings(String name, String value) {
		return new MockEnvironment().withProperty("gennaker.home", this.folder.resolve("home").toString())
			.withProperty(name, value);
	}

	private static GenericApplicationContext context(Map<String, Object> settings) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
		return context;
	}

}
