package io.gennaker.activities.signature;

import java.io.IOException;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.SignaturePolicy;

/**
 * Verifies the signatures of images.
 */
public interface ImageSignatures {

	/**
	 * Returns only for an image that carries a signature as the policy asks for.
	 * @param image repository with host
	 * @param digest {@code sha256:…}
	 * @param files the pipeline's files, where keys are
	 * @throws SignatureRefusedException if it carries none, or it cannot be verified
	 * here; the message says which
	 * @throws IOException if the registry or the transparency log does not answer, so
	 * that it is worth to ask again
	 */
	void verify(String image, String digest, SignaturePolicy policy, PipelineFiles files) throws IOException;

}
