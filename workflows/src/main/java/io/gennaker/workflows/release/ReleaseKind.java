package io.gennaker.workflows.release;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.binding.Bindings;
import org.jspecify.annotations.Nullable;

/**
 * What an execution has from others before it begins. The names that its types carry in
 * payloads stand in histories and are never changed.
 */
@JsonTypeInfo(use = Id.NAME, property = "type")
@JsonSubTypes({ @Type(value = ReleaseKind.Forward.class, name = "forward"),
		@Type(value = ReleaseKind.Restart.class, name = "restart"),
		@Type(value = ReleaseKind.Rollback.class, name = "rollback") })
public sealed interface ReleaseKind {

	/**
	 * It has nothing, and binds and bakes itself.
	 */
	record Forward() implements ReleaseKind {

	}

	/**
	 * It goes on from a stage of an earlier one, with the same images.
	 *
	 * @param of the earlier execution, such as {@code classroom #12}
	 * @param from the stage that it starts again from
	 * @param bindings the images that the earlier one bound
	 * @param stages what the earlier one has done and this one does not do again
	 */
	record Restart(String of, String from, Bindings bindings, List<TakenOver> stages) implements ReleaseKind {
		public Restart {
			stages = List.copyOf(stages);
		}
	}

	/**
	 * A stage that had succeeded.
	 *
	 * @param outputs what it left for expressions
	 * @param bake what it baked; null for other types of stages
	 */
	record TakenOver(String stage, Map<String, String> outputs, @Nullable BakeResult bake) {
		public TakenOver {
			outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
		}
	}

	/**
	 * It brings back what ran before, by the manifests that were kept. Its graph was made
	 * for that; its stages are deploys, perhaps behind a gate.
	 *
	 * @param of the execution that is taken back, such as {@code classroom #12}
	 * @param releases what comes back, one for each cluster of each deploy
	 */
	record Rollback(String of, List<KeptRelease> releases) implements ReleaseKind {
		public Rollback {
			releases = List.copyOf(releases);
		}

		/**
		 * What comes back in one cluster of a deploy.
		 */
		KeptRelease in(String stage, String cluster) {
			return this.releases.stream()
				.filter((kept) -> kept.stage().equals(stage) && kept.cluster().equals(cluster))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("nothing comes back to " + cluster + " by " + stage));
		}

		/**
		 * The manifests of a deploy.
		 */
		BakeResult manifests(String stage, String target) {
			List<ManifestSet> sets = this.releases.stream()
				.filter((kept) -> kept.stage().equals(stage))
				.map((kept) -> new ManifestSet(target, kept.cluster(), kept.namespace(), kept.release(),
						kept.manifests(), 0))
				.toList();
			return new BakeResult("", sets);
		}

		/**
		 * The images that come back, by cluster.
		 */
		Bindings bindings() {
			Map<String, Map<String, BoundArtifact>> byCluster = new LinkedHashMap<>();
			this.releases.forEach((kept) -> byCluster.computeIfAbsent(kept.cluster(), (_) -> new LinkedHashMap<>())
				.putAll(kept.artifacts()));
			return new Bindings(Map.of(), byCluster);
		}
	}

	/**
	 * A release that ran, and comes back.
	 *
	 * @param stage the deploy stage that brings it
	 * @param cluster the cluster's name
	 * @param namespace the release's namespace
	 * @param release the release's name
	 * @param execution the execution that left it, for people, such as
	 * {@code classroom #11}
	 * @param bake the digest of its bake
	 * @param manifests the digest of the cluster's manifests, which the store still holds
	 * @param artifacts the images that they carry, by component
	 */
	record KeptRelease(String stage, String cluster, String namespace, String release, String execution, String bake,
			String manifests, Map<String, BoundArtifact> artifacts) {
		public KeptRelease {
			artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
		}
	}

}
