package io.gennaker.web.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything under {@code gennaker.signatures}.
 *
 * @param cosign the path of the cosign program; null for the one on the PATH,
 * {@code none} for none
 * @param trustedRoot a file with the keys to trust, as {@code cosign trusted-root create}
 * writes it; null for those of the public Sigstore
 */
@ConfigurationProperties("gennaker.signatures")
public record SignatureProperties(@Nullable String cosign, @Nullable String trustedRoot) {
}
