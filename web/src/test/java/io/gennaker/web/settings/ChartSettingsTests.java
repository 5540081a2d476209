package io.gennaker.web.settings;

import io.gennaker.web.settings.GennakerProperties.ChartRepositorySettings;
import io.gennaker.web.settings.GennakerProperties.GitHostSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChartSettingsTests {

	private static ChartRepositorySettings repository(String url, String host) {
		return new ChartRepositorySettings(url, host, false, "ann", "secret-canary");
	}

	@Test
	void aRepositoryIsGivenByAddressOrHost() {
		assertThat(repository("https://charts.example.com:8443/stable", null).authority())
			.isEqualTo("charts.example.com:8443");
		assertThat(repository(null, "charts.example.com").authority()).isEqualTo("charts.example.com");
	}

	@Test
	void oneOfTheTwoIsNeeded() {
		assertThatIllegalArgumentException().isThrownBy(() -> repository(null, null).authority())
			.withMessageContaining("gennaker.chart-repositories");
		assertThatIllegalArgumentException().isThrownBy(() -> repository("https://a.example.com", "b").authority());
	}

	@ParameterizedTest
	@ValueSource(strings = { "charts.example.com", "oci://charts.example.com", "https://ann:pw@charts.example.com",
			"file:///etc" })
	void otherAddressesAreRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> repository(url, null).authority())
			.withMessageContaining("https://");
	}

	@Test
	void noTextHoldsAPassword() {
		assertThat(repository("https://charts.example.com", null).toString()).doesNotContain("secret-canary");
		assertThat(new GitHostSettings("git.example.com", false, "ann", "secret-canary").toString())
			.doesNotContain("secret-canary");
	}

}
