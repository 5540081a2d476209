package io.gennaker.activities.signature;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.SignaturePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Signatures made and verified by the real program, in a real registry.
 */
class SignedImagesTests {

	private static final String HOST = "registry.example.com";

	private static final SignaturePolicy BY_KEY = new SignaturePolicy.Key("keys/cosign.pub", false);

	@TempDir
	static Path folder;

	private static GenericContainer<?> registry;

	private static Path cosign;

	@BeforeAll
	static void sign() throws Exception {
		Optional<Path> program = Programs.onPath("cosign");
		assumeTrue(program.isPresent(), "there is no cosign on the PATH");
		assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker");
		cosign = program.get();
		registry = new GenericContainer<>(DockerImageName.parse("registry:3")).withExposedPorts(5000);
		registry.start();
		run("generate-key-pair");
		run("sign", "--yes", "--key=cosign.key", "--use-signing-config=false", "--tlog-upload=false",
				"--allow-http-registry", address() + "/classroom/signed@" + push("classroom/signed"));
	}

	@AfterAll
	static void stop() {
		if (registry != null) {
			registry.stop();
		}
	}

	@Test
	void anImageThatWasSignedByTheKeyPasses() {
		assertThatCode(() -> verify("classroom/signed", Files.readString(folder.resolve("cosign.pub"))))
			.doesNotThrowAnyException();
	}

	@Test
	void anImageThatNobodySignedIsRefused() {
		assertThatExceptionOfType(SignatureRefusedException.class)
			.isThrownBy(() -> verify("classroom/unsigned", Files.readString(folder.resolve("cosign.pub"))))
			.withMessageContaining("no signatures found");
	}

	@Test
	void aSignatureByAnotherKeyIsRefused() throws Exception {
		Path other = Files.createDirectory(folder.resolve("other"));
		runIn(other, "generate-key-pair");
		assertThatExceptionOfType(SignatureRefusedException.class)
			.isThrownBy(() -> verify("classroom/signed", Files.readString(other.resolve("cosign.pub"))));
	}

	@Test
	void aRegistryThatIsAwayIsAskedAgain() {
		CosignSignatures signatures = new CosignSignatures(new CosignSettings(Optional.of(cosign),
				folder.resolve("work"), null, List.of(new RegistryHost(HOST, true, null, null, "127.0.0.1:1"))));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> signatures.verify(HOST + "/classroom/signed",
				push("classroom/signed"), BY_KEY, files(Files.readString(folder.resolve("cosign.pub")))));
	}

	private static void verify(String repository, String key) throws Exception {
		CosignSignatures signatures = new CosignSignatures(new CosignSettings(Optional.of(cosign),
				folder.resolve("work"), null, List.of(new RegistryHost(HOST, true, null, null, address()))));
		signatures.verify(HOST + "/" + repository, push(repository), BY_KEY, files(key));
	}

	private static PipelineFiles files(String key) {
		return new PipelineFiles(Map.of("pipeline.yaml", new byte[0], "keys/cosign.pub", key.getBytes()));
	}

	private static String address() {
		return registry.getHost() + ":" + registry.getMappedPort(5000);
	}

	private static void run(String... arguments) throws Exception {
		runIn(folder, arguments);
	}

	private static void runIn(Path where, String... arguments) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(cosign.toString()).directory(where.toFile()).inheritIO();
		builder.command().addAll(List.of(arguments));
		builder.environment().put("COSIGN_PASSWORD", "a password of tests");
		assertThat(builder.start().waitFor()).isZero();
	}

	/**
	 * An image without layers, told apart by its repository; pushing it again is the
	 * same.
	 */
	private static String push(String repository) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + repository
					+ "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
				.getBytes();
			String base = "http://" + address() + "/v2/" + repository;
			HttpResponse<String> upload = client.send(HttpRequest.newBuilder(URI.create(base + "/blobs/uploads/"))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString());
			String location = upload.headers().firstValue("Location").orElseThrow();
			put(client, URI.create(base).resolve(location) + "&digest=" + digest(config), "application/octet-stream",
					config);
			byte[] manifest = """
					{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":\
					"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[]}"""
				.formatted(digest(config), config.length)
				.getBytes();
			put(client, base + "/manifests/" + digest(manifest), "application/vnd.oci.image.manifest.v1+json",
					manifest);
			return digest(manifest);
		}
	}

	private static void put(HttpClient client, String uri, String type, byte[] content) throws Exception {
		int status = client
			.send(HttpRequest.newBuilder(URI.create(uri))
				.header("Content-Type", type)
				.PUT(HttpRequest.BodyPublishers.ofByteArray(content))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
		assertThat(status).isEqualTo(201);
	}

	private static String digest(byte[] content) throws Exception {
		return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
	}

}
