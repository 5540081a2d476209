package io.gennaker.activities.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.bake.program.ConfinedProgram;
import io.gennaker.activities.bake.program.ProgramLimits;
import io.gennaker.activities.bake.program.WorkFolder;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.SignaturePolicy;

/**
 * Verifies by the {@code cosign} program. Without the program nothing is verified, and so
 * everything refused. The program sees the credentials of the image's registry alone.
 */
public final class CosignSignatures implements ImageSignatures {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final ProgramLimits LIMITS = new ProgramLimits(Duration.ofSeconds(60), 1024L * 1024 * 1024,
			16 * 1024 * 1024);

	/** What cosign complains of when somebody does not answer, in lower case. */
	private static final List<String> UNANSWERED = List.of("connection refused", "connection reset", "i/o timeout",
			"context deadline exceeded", "no such host", "tls handshake timeout", "network is unreachable",
			"too many requests", "bad gateway", "service unavailable", "gateway timeout", "internal server error",
			"unexpected eof");

	private final CosignSettings settings;

	public CosignSignatures(CosignSettings settings) {
		this.settings = settings;
	}

	@Override
	public void verify(String image, String digest, SignaturePolicy policy, PipelineFiles files) throws IOException {
		Path program = this.settings.program()
			.orElseThrow(() -> new SignatureRefusedException(image + "@" + digest
					+ " must be verified, for which the cosign program is needed: put it on the PATH of the service, "
					+ "or name it by gennaker.signatures.cosign"));
		Files.createDirectories(this.settings.folder());
		try (WorkFolder work = WorkFolder.create(this.settings.folder())) {
			Path home = work.newFolder("verify");
			ConfinedProgram cosign = new ConfinedProgram(program, LIMITS).withNetwork(environment(image, home));
			judge(image + "@" + digest, policy,
					cosign.run(home, arguments(reference(image, digest), image, policy, key(policy, files, home))));
		}
		catch (BakeRefusedException ex) {
			throw new IOException("cosign could not verify " + image + "@" + digest + ": " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("the verification of " + image + " was interrupted", ex);
		}
	}

	private static void judge(String image, SignaturePolicy policy, ConfinedProgram.Ended ended) throws IOException {
		if (ended.exit() == 0) {
			return;
		}
		String said = cause(ended.errors());
		String words = said.toLowerCase(Locale.ROOT);
		if (UNANSWERED.stream().anyMatch(words::contains)) {
			throw new IOException("the signature of " + image + " cannot be verified at the moment: " + said);
		}
		throw new SignatureRefusedException(
				image + " carries no signature " + by(policy) + " that can be verified. cosign says: " + said);
	}

	private static String by(SignaturePolicy policy) {
		return switch (policy) {
			case SignaturePolicy.Key(String path, boolean _) -> "by the key " + path;
			case SignaturePolicy.Identity(String issuer, String identity, String pattern) ->
				"by " + ((identity != null) ? identity : "an identity like " + pattern) + " of " + issuer;
		};
	}

	/** Beside warnings cosign tells the cause, mostly twice. */
	private static String cause(String errors) {
		List<String> lines = errors.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
		return lines.stream()
			.filter((line) -> line.startsWith("Error:"))
			.findFirst()
			.map((line) -> line.substring("Error:".length()).strip())
			.orElse(lines.isEmpty() ? "nothing" : lines.getLast());
	}

	private List<String> arguments(String reference, String image, SignaturePolicy policy, Optional<Path> key) {
		List<String> arguments = new ArrayList<>(List.of("verify", "--output=json"));
		switch (policy) {
			case SignaturePolicy.Key(String path, boolean transparencyLog) -> {
				arguments.add("--key=" + key.orElseThrow(() -> new IllegalStateException(path)));
				arguments.add("--insecure-ignore-tlog=" + !transparencyLog);
			}
			case SignaturePolicy.Identity(String issuer, String identity, String pattern) -> {
				arguments.add("--certificate-oidc-issuer=" + issuer);
				arguments.add((identity != null) ? "--certificate-identity=" + identity
						: "--certificate-identity-regexp=^(?:" + pattern + ")$");
			}
		}
		Path trusted = this.settings.trustedRoot();
		if (trusted != null) {
			arguments.add("--trusted-root=" + trusted);
		}
		if (host(image).map(RegistryHost::plainHttp).orElse(false)) {
			arguments.add("--allow-http-registry=true");
		}
		arguments.add(reference);
		return arguments;
	}

	/** Nothing of a pipeline reaches the command line but what follows an equals sign. */
	private String reference(String image, String digest) {
		ImageName name = ImageName.parse(image);
		String address = host(image).map(RegistryHost::address).orElse(null);
		return ((address != null) ? address : name.host()) + "/" + name.path() + "@" + digest;
	}

	private Optional<RegistryHost> host(String image) {
		String host = ImageName.parse(image).host();
		return this.settings.registries().stream().filter((known) -> known.host().equals(host)).findFirst();
	}

	private static Optional<Path> key(SignaturePolicy policy, PipelineFiles files, Path home) throws IOException {
		return switch (policy) {
			case SignaturePolicy.Identity _ -> Optional.empty();
			case SignaturePolicy.Key(String path, boolean _) -> {
				if (!files.all().containsKey(path)) {
					throw new SignatureRefusedException("the pipeline's revision has no key " + path);
				}
				Path file = home.resolve("key.pub");
				Files.write(file, files.bytes(path));
				yield Optional.of(file);
			}
		};
	}

	private Map<String, String> environment(String image, Path home) throws IOException {
		Map<String, String> environment = new LinkedHashMap<>();
		environment.put("DOCKER_CONFIG", home.toString());
		environment.put("TUF_ROOT", this.settings.folder().resolve("tuf").toString());
		Files.writeString(home.resolve("config.json"), credentials(image));
		return environment;
	}

	private String credentials(String image) throws IOException {
		Optional<RegistryHost> host = host(image).filter((known) -> known.username() != null);
		if (host.isEmpty()) {
			return "{}";
		}
		String pair = host.get().username() + ":" + ((host.get().password() != null) ? host.get().password() : "");
		String address = host.get().address();
		String name = (address != null) ? address
				: host.get().host().equals("docker.io") ? "https://index.docker.io/v1/" : host.get().host();
		return JSON.writeValueAsString(Map.of("auths", Map.of(name,
				Map.of("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))))));
	}

}
