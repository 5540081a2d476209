package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * Whose signature an image must carry, as Sigstore's cosign makes it.
 *
 * @see <a href="https://docs.sigstore.dev/cosign/verifying/verify/">what is verified</a>
 */
public sealed interface SignaturePolicy {

	/**
	 * Made with the private key of a public one.
	 *
	 * @param path the public key in PEM, a file of the pipeline
	 * @param transparencyLog whether a transparency log must have an entry of it
	 */
	record Key(String path, boolean transparencyLog) implements SignaturePolicy {
	}

	/**
	 * Made with a short-lived certificate that was issued to an identity. The
	 * transparency log must have an entry of it.
	 *
	 * @param issuer the OpenID Connect issuer that vouched for the identity
	 * @param identity the identity, such as a workflow's address; null where a pattern is
	 * given
	 * @param pattern a regular expression (RE2) that the whole identity must match; null
	 * where the identity is given
	 */
	record Identity(String issuer, @Nullable String identity, @Nullable String pattern) implements SignaturePolicy {
	}

}
