package io.gennaker.activities.registry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageNameTests {

	@ParameterizedTest
	@CsvSource({ "nginx, docker.io/library/nginx", "nginx:1.29, docker.io/library/nginx",
			"library/nginx, docker.io/library/nginx", "docker.io/nginx, docker.io/library/nginx",
			"index.docker.io/library/nginx:1, docker.io/library/nginx",
			"bitnami/redis@sha256:ab, docker.io/bitnami/redis",
			"registry.example.com/classroom/api:v1, registry.example.com/classroom/api",
			"registry.example.com:5000/api, registry.example.com:5000/api", "localhost/api:v1, localhost/api",
			"localhost:5000/api:v1@sha256:ab, localhost:5000/api", "registry/api, docker.io/registry/api" })
	void oneRepositoryHasOneName(String reference, String repository) {
		assertThat(ImageName.parse(reference).repository()).isEqualTo(repository);
	}

	@Test
	void tagAndDigestAreTakenApart() {
		ImageName name = ImageName.parse("127.0.0.1:5000/classroom/api:v1.2.3@sha256:abc");
		assertThat(name).isEqualTo(new ImageName("127.0.0.1:5000", "classroom/api", "v1.2.3", "sha256:abc"));
	}

}
