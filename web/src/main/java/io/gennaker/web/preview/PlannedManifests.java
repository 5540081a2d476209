package io.gennaker.web.preview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;

/**
 * Manifests of a plan: kept only as long as it is made.
 */
final class PlannedManifests implements BakeStore {

	private final Map<String, String> manifests = new ConcurrentHashMap<>();

	@Override
	public void keepManifests(String digest, String content) {
		this.manifests.put(digest, content);
	}

	@Override
	public void keepBake(BakeRequest request, BakeResult bake, Provenance provenance, List<BoundImage> bound) {
		// A plan is no execution; nothing refers to its bake.
	}

	@Override
	public Optional<String> pin(String executionId, String stageId, String image) {
		return Optional.empty();
	}

	@Override
	public String keepPin(String executionId, String stageId, String image, String digest) {
		return digest;
	}

	@Override
	public String manifests(String digest) {
		String content = this.manifests.get(digest);
		if (content == null) {
			throw new IllegalArgumentException("there are no manifests " + digest);
		}
		return content;
	}

}
