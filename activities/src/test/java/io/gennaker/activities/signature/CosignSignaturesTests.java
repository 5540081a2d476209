package io.gennaker.activities.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.SignaturePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How cosign is called and how its answers are read, by a script in its place.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a shell's")
class CosignSignaturesTests {

	private static final String IMAGE = "registry.example.com/classroom/api";

	private static final String DIGEST = "sha256:" + "a".repeat(64);

	private static final SignaturePolicy KEY = new SignaturePolicy.Key("keys/cosign.pub", false);

	private static final PipelineFiles FILES = new PipelineFiles(
			Map.of("pipeline.yaml", new byte[0], "keys/cosign.pub", "the key".getBytes(StandardCharsets.US_ASCII)));

	@TempDir
	Path folder;

	@Test
	void withoutTheProgramEverythingIsRefused() {
		assertThatExceptionOfType(SignatureRefusedException.class)
			.isThrownBy(() -> signatures(Optional.empty(), List.of()).verify(IMAGE, DIGEST, KEY, FILES))
			.withMessageContaining(IMAGE)
			.withMessageContaining("gennaker.signatures.cosign");
	}

	@Test
	void aKeyIsAFileOfThePipelineAndTheImageItsDigest() throws IOException {
		verify(KEY, List.of(), "exit 0");
		assertThat(told("arguments")).contains("verify", "--insecure-ignore-tlog=true", IMAGE + "@" + DIGEST)
			.contains("key.pub=the key");
	}

	@Test
	void anIdentityIsPinnedWithItsIssuer() throws IOException {
		verify(new SignaturePolicy.Identity("https://accounts.example.com", "kim@example.com", null), List.of(),
				"exit 0");
		assertThat(told("arguments"))
			.contains("--certificate-oidc-issuer=https://accounts.example.com",
					"--certificate-identity=kim@example.com")
			.doesNotContain("regexp", "--key", "ignore-tlog");
	}

	@Test
	void aPatternMustMatchTheWholeIdentity() throws IOException {
		verify(new SignaturePolicy.Identity("https://accounts.example.com", null, "kim@example.com|lee"), List.of(),
				"exit 0");
		assertThat(told("arguments")).contains("--certificate-identity-regexp=^(?:kim@example.com|lee)$");
	}

	@Test
	void theProgramSeesTheCredentialsOfThatRegistryAlone() throws IOException {
		verify(KEY, List.of(new RegistryHost("registry.example.com", true, "robot", "open-sesame", "127.0.0.1:5000"),
				new RegistryHost("other.example.com", false, "robot", "not-yours")), "exit 0");
		assertThat(told("arguments")).contains("127.0.0.1:5000/classroom/api@" + DIGEST, "--allow-http-registry=true")
			.doesNotContain("open-sesame");
		assertThat(told("config")).contains("127.0.0.1:5000", "cm9ib3Q6b3Blbi1zZXNhbWU=").doesNotContain("other");
		assertThat(told("environment")).doesNotContain("USER=", "MAVEN", "JAVA_HOME", "open-sesame");
	}

	@Test
	void whatCosignRefusesIsRefusedInItsWords() {
		assertThatExceptionOfType(SignatureRefusedException.class).isThrownBy(() -> verify(KEY, List.of(),
				"echo 'WARNING: something else' >&2; echo 'Error: no signatures found' >&2; echo 'again' >&2; exit 10"))
			.withMessageContaining("by the key keys/cosign.pub")
			.withMessageEndingWith("cosign says: no signatures found")
			.withMessageNotContaining("WARNING");
	}

	@Test
	void whoeverDoesNotAnswerIsAskedAgain() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> verify(KEY, List.of(),
					"echo 'Error: Get \"https://registry.example.com/v2/\": dial tcp: connection refused' >&2; exit 1"))
			.withMessageContaining("cannot be verified at the moment");
	}

	@Test
	void aKeyThatTheRevisionLacksIsRefused() {
		assertThatExceptionOfType(SignatureRefusedException.class)
			.isThrownBy(() -> verify(new SignaturePolicy.Key("keys/other.pub", true), List.of(), "exit 0"))
			.withMessageContaining("keys/other.pub");
	}

	@Test
	void nothingIsLeftBehind() throws IOException {
		verify(KEY, List.of(), "exit 0");
		try (var left = Files.list(this.folder.resolve("cosign"))) {
			assertThat(left).isEmpty();
		}
	}

	private void verify(SignaturePolicy policy, List<RegistryHost> hosts, String ending) throws IOException {
		Path program = this.folder.resolve("program");
		Files.writeString(program, """
				#!/bin/sh
				for one in "$@"; do
					echo "$one" >> %1$s/arguments
					case "$one" in --key=*) echo "key.pub=$(cat "${one#--key=}")" >> %1$s/arguments;; esac
				done
				env > %1$s/environment
				cat "$DOCKER_CONFIG/config.json" > %1$s/config
				%2$s
				""".formatted(this.folder, ending));
		Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
		signatures(Optional.of(program), hosts).verify(IMAGE, DIGEST, policy, FILES);
	}

	private CosignSignatures signatures(Optional<Path> program, List<RegistryHost> hosts) {
		return new CosignSignatures(new CosignSettings(program, this.folder.resolve("cosign"), null, hosts));
	}

	private String told(String file) throws IOException {
		return Files.readString(this.folder.resolve(file));
	}

}
