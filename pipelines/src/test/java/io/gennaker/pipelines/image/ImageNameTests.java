package io.gennaker.pipelines.image;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageNameTests {

	@ParameterizedTest
	@CsvSource({ "nginx, docker.io/library/nginx", "nginx:1.29, docker.io/library/nginx",
			"library/nginx, docker.io/library/nginx", "docker.io/nginx, docker.io/library/nginx",
			"index.docker.io/library/nginx:1, docker.io/library/nginx",
			"bitnami/redis@sha256:ab, docker.io/bitnami/redis",
			"registry.example.com/classroom/api:v1, registry.example.com/classroom/api",
			"registry.example.com:5000/api, registry.example.com:5000/api", "localhost/api:v1, localhost/api",
			"localhost:5000/api:v1@sha256:ab, localhost:5000/api", "registry/api, docker.io/registry/api",
			"registry-1.docker.io/library/nginx, docker.io/library/nginx",
			"registry.hub.docker.com/library/nginx:1, docker.io/library/nginx",
			"Docker.IO/nginx, docker.io/library/nginx", "docker.io:443/nginx, docker.io/library/nginx",
			"REGISTRY.example.com/classroom/api, registry.example.com/classroom/api",
			"registry.example.com:443/api, registry.example.com/api", "127.0.0.1:5000/api, 127.0.0.1:5000/api",
			"registry.example.com:80/api, registry.example.com:80/api", "Registry/api, registry/api",
			"acme/web, docker.io/acme/web", "index.docker.io/acme/web, docker.io/acme/web",
			"' nginx ', docker.io/library/nginx", "api.example/nginx, api.example/nginx" })
	void oneRepositoryHasOneName(String reference, String repository) {
		assertThat(ImageName.parse(reference).repository()).isEqualTo(repository);
	}

	@Test
	void tagAndDigestAreTakenApart() {
		ImageName name = ImageName.parse("127.0.0.1:5000/classroom/api:v1.2.3@sha256:abc");
		assertThat(name).isEqualTo(new ImageName("127.0.0.1:5000", "classroom/api", "v1.2.3", "sha256:abc"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nginx:1", "registry.example.com/a/b-c__d.e", "127.0.0.1:5000/api", "localhost/api" })
	void whatARegistryCanHaveIsValid(String reference) {
		assertThat(ImageName.parse(reference).isValid()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "a//b", "registry.example.com/", "registry.example.com/A",
			"https://example.com/api", "{{ image }}", "a b", "registry..example.com/api", "-.example.com/a", "api_" })
	void whatNoRegistryCanHaveIsNot(String reference) {
		assertThat(ImageName.parse(reference).isValid()).isFalse();
	}

}
