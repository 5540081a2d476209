package io.gennaker.activities.binding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.signature.ImageSignatures;
import io.gennaker.activities.signature.SignatureRefusedException;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;

/**
 * Verifies what was bound, wherever it came from: an image that ran before is verified
 * again, since the pipeline may ask for more by now.
 */
final class SignatureCheck {

	private final ImageSignatures signatures;

	private final RevisionFiles revisions;

	SignatureCheck(ImageSignatures signatures, RevisionFiles revisions) {
		this.signatures = signatures;
		this.revisions = revisions;
	}

	/**
	 * Verifies each image once.
	 * @throws SignatureRefusedException with all images that are not signed as they must
	 * @throws IOException if somebody does not answer who must be asked
	 */
	void check(BindingRequest request, Bindings bindings) throws IOException {
		List<String> refusals = new ArrayList<>();
		for (BoundArtifact bound : distinct(bindings)) {
			Artifact artifact = request.artifacts().get(bound.component());
			SignaturePolicy policy = (artifact != null) ? artifact.verify() : null;
			if (policy != null) {
				try {
					this.signatures.verify(bound.image(), bound.digest(), policy,
							this.revisions.files(request.revisionId()));
				}
				catch (SignatureRefusedException ex) {
					refusals.add("artifact " + bound.component() + ": " + ex.getMessage());
				}
			}
		}
		if (!refusals.isEmpty()) {
			throw new SignatureRefusedException(String.join("; ", refusals));
		}
	}

	private static Set<BoundArtifact> distinct(Bindings bindings) {
		Set<BoundArtifact> all = new LinkedHashSet<>(bindings.common().values());
		for (Map<String, BoundArtifact> artifacts : bindings.byCluster().values()) {
			all.addAll(artifacts.values());
		}
		return all;
	}

}
