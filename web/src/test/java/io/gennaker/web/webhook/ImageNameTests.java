package io.gennaker.web.webhook;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Repositories as people write them.
 */
class ImageNameTests {

	@ParameterizedTest
	@CsvSource({ "registry.example.com/classroom/api, registry.example.com/classroom/api",
			"REGISTRY.example.com/classroom/api, registry.example.com/classroom/api",
			"registry.example.com:443/api, registry.example.com/api", "127.0.0.1:5000/api, 127.0.0.1:5000/api",
			"localhost/api, localhost/api", "nginx, docker.io/library/nginx", "acme/web, docker.io/acme/web",
			"docker.io/nginx, docker.io/library/nginx", "index.docker.io/acme/web, docker.io/acme/web" })
	void aRepositoryIsReadInFull(String written, String full) {
		assertThat(ImageName.parse(written)).hasToString(full);
	}

}
