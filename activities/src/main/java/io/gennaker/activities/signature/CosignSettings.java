package io.gennaker.activities.signature;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.gennaker.activities.registry.RegistryHost;
import org.jspecify.annotations.Nullable;

/**
 * How cosign is run.
 *
 * @param program the program; empty where this machine has none
 * @param folder where it works and keeps what it knows of Sigstore's keys
 * @param trustedRoot a file with the keys to trust instead of those of the public
 * Sigstore; null for the public ones
 * @param registries credentials and plain-HTTP exceptions
 */
public record CosignSettings(Optional<Path> program, Path folder, @Nullable Path trustedRoot,
		List<RegistryHost> registries) {

	public CosignSettings {
		registries = List.copyOf(registries);
	}

}
