package io.gennaker.activities.rollout.health;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KubeletWordsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					Back-off pulling image "r.example.com/a/api:v1": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "r.example.com/a/api:v1": failed to resolve reference "r.example.com/a/api:v1": r.example.com/a/api:v1: not found | Back-off pulling image "r.example.com/a/api:v1": ErrImagePull: not found
					Failed to pull image "nginx:no": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:no": failed to resolve reference "docker.io/library/nginx:no": docker.io/library/nginx:no: not found | Failed to pull image "nginx:no": not found
					Failed to pull image "r.example.com/a:v1": failed to pull and unpack image "r.example.com/a:v1": failed to resolve reference "r.example.com/a:v1": failed to do request: Head "https://r.example.com/v2/a/manifests/v1": dial tcp: lookup r.example.com: no such host | Failed to pull image "r.example.com/a:v1": failed to do request: Head "https://r.example.com/v2/a/manifests/v1": dial tcp: lookup r.example.com: no such host
					Failed to pull image "a:v1": Error response from daemon: manifest for a:v1 not found | Failed to pull image "a:v1": Error response from daemon: manifest for the image not found
					Back-off pulling image "a:v1" | Back-off pulling image "a:v1"
					back-off 40s restarting failed container=api pod=api-7d9f-x2_classroom(0b1c) | back-off 40s restarting failed container
					secret "password" not found | secret "password" not found
					``|``
					""")
	void anImageIsNamedOnceAndTheServersWordsStay(String said, String brief) {
		assertThat(KubeletWords.brief(said)).isEqualTo(brief);
	}

}
