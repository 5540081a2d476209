package io.gennaker.web.bake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gennaker.activities.rollout.ManifestComparison;
import io.gennaker.web.bake.BakeComparison.ComparedCluster;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Compares what two executions baked.
 */
@Component
public class BakeComparisons {

	private final BakeReads bakes;

	BakeComparisons(BakeReads bakes) {
		this.bakes = bakes;
	}

	/**
	 * Compares the bakes of one stage.
	 * @param with the execution that stands for "before"
	 * @param cluster the only cluster to compare; null for all
	 * @return empty if one of the two has baked nothing
	 */
	public Optional<BakeComparison> of(UUID execution, UUID with, String stage, @Nullable String cluster) {
		Optional<Bake> after = this.bakes.find(execution, stage);
		Optional<Bake> before = this.bakes.find(with, stage);
		if (after.isEmpty() || before.isEmpty()) {
			return Optional.empty();
		}
		Map<Place, ManifestSet> now = byPlace(after.get());
		Map<Place, ManifestSet> then = byPlace(before.get());
		Set<Place> places = new LinkedHashSet<>(now.keySet());
		places.addAll(then.keySet());
		List<ComparedCluster> clusters = new ArrayList<>();
		for (Place place : places) {
			if (cluster == null || cluster.equals(place.cluster())) {
				clusters.add(compared(place, digest(then.get(place)), digest(now.get(place))));
			}
		}
		return Optional.of(new BakeComparison(execution, with, stage, clusters));
	}

	private ComparedCluster compared(Place place, @Nullable String before, @Nullable String after) {
		boolean same = before != null && before.equals(after);
		return new ComparedCluster(place.target(), place.cluster(), before, after,
				same ? List.of() : ManifestComparison.between(manifests(before), manifests(after)));
	}

	private String manifests(@Nullable String digest) {
		return (digest != null) ? this.bakes.manifests(digest).orElse("") : "";
	}

	private static @Nullable String digest(@Nullable ManifestSet set) {
		return (set != null) ? set.digest() : null;
	}

	private static Map<Place, ManifestSet> byPlace(Bake bake) {
		return bake.result()
			.manifests()
			.stream()
			.collect(Collectors.toMap((set) -> new Place(set.target(), set.cluster()), Function.identity(),
					(first, _) -> first, java.util.LinkedHashMap::new));
	}

	private record Place(String target, String cluster) {
	}

}
