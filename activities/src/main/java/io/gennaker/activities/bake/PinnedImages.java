package io.gennaker.activities.bake;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.gennaker.activities.bake.manifest.ImagePins;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.pipelines.image.ImageName;
import io.temporal.failure.ApplicationFailure;

/**
 * The digests of the images of one bake that no artifact covers. Each image is looked up
 * once, however many clusters and containers have it, and what was found stays: a bake
 * that is tried again gives the same manifests, though a tag may have moved. Thread-safe.
 */
final class PinnedImages implements ImagePins {

	private final ImageRegistry registry;

	private final BakeStore store;

	private final String executionId;

	private final String stageId;

	private final ConcurrentMap<String, FutureTask<Optional<String>>> lookUps = new ConcurrentHashMap<>();

	PinnedImages(ImageRegistry registry, BakeStore store, String executionId, String stageId) {
		this.registry = registry;
		this.store = store;
		this.executionId = executionId;
		this.stageId = stageId;
	}

	/**
	 * The digest of an image.
	 * @throws ApplicationFailure of a type that is retried, if its registry does not
	 * answer
	 */
	@Override
	public Optional<String> digest(String image) {
		ImageName name = ImageName.parse(image);
		if (!name.isValid()) {
			return Optional.empty();
		}
		String tag = name.tag().isEmpty() ? "latest" : name.tag();
		FutureTask<Optional<String>> mine = new FutureTask<>(() -> lookUp(name.repository(), tag));
		FutureTask<Optional<String>> others = this.lookUps.putIfAbsent(name.repository() + ":" + tag, mine);
		if (others == null) {
			mine.run();
		}
		return await((others != null) ? others : mine);
	}

	private static Optional<String> await(FutureTask<Optional<String>> lookUp) {
		try {
			return lookUp.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("the bake was interrupted", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException away) {
				throw ApplicationFailure.newFailureWithCause(away.getMessage(), ImageRegistry.UNAVAILABLE, away);
			}
			throw new IllegalStateException("an image could not be looked up", ex.getCause());
		}
	}

	private Optional<String> lookUp(String repository, String tag) throws IOException {
		String image = repository + ":" + tag;
		Optional<String> before = this.store.pin(this.executionId, this.stageId, image);
		if (before.isPresent()) {
			return before;
		}
		return this.registry.digest(repository, tag)
			.map((digest) -> this.store.keepPin(this.executionId, this.stageId, image, digest));
	}

}
