package io.gennaker.web.rebake;

import java.util.List;
import java.util.Optional;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import org.jspecify.annotations.Nullable;

/**
 * A bake that is made for its digests alone.
 */
final class ComparedBake implements BakeStore {

	private final BakeStore kept;

	private @Nullable BakeResult result;

	private @Nullable Provenance provenance;

	ComparedBake(BakeStore kept) {
		this.kept = kept;
	}

	@Override
	public void keepManifests(String digest, String manifests) {
		// The digest is enough.
	}

	@Override
	public void keepBake(BakeRequest request, BakeResult bake, Provenance of, List<BoundImage> bound) {
		this.result = bake;
		this.provenance = of;
	}

	/** The digests that the bake had, so that the same is made again. */
	@Override
	public Optional<String> pin(String executionId, String stageId, String image) {
		return this.kept.pin(executionId, stageId, image);
	}

	@Override
	public String keepPin(String executionId, String stageId, String image, String digest) {
		return digest;
	}

	@Override
	public String manifests(String digest) {
		throw new IllegalArgumentException("there are no manifests " + digest);
	}

	BakeResult result() {
		if (this.result == null) {
			throw new IllegalStateException("nothing was baked");
		}
		return this.result;
	}

	Provenance provenance() {
		if (this.provenance == null) {
			throw new IllegalStateException("nothing was baked");
		}
		return this.provenance;
	}

}
