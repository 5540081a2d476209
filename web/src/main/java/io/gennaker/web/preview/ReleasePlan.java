package io.gennaker.web.preview;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.web.bake.ManifestDocument;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * What an execution would change.
 *
 * @param pipeline the pipeline's name
 * @param revisionId its current revision
 * @param clusters one entry for each cluster of each deploy stage, in the file's order
 */
public record ReleasePlan(String pipeline, UUID revisionId, List<PlannedCluster> clusters) {

	public ReleasePlan {
		clusters = List.copyOf(clusters);
	}

	/**
	 * What would change in one cluster.
	 *
	 * @param artifacts the images that it would carry, by component
	 * @param manifests the digest of its manifests
	 * @param changes every object of the release; empty where the cluster could not be
	 * asked
	 * @param problem why the cluster could not be asked, in words for people
	 * @param documents its manifests without the data of Secrets; empty where nobody
	 * asked for them
	 */
	public record PlannedCluster(String stage, String cluster, String namespace, String release,
			Map<String, BoundArtifact> artifacts, String manifests, List<ObjectChange> changes,
			@Nullable String problem, List<ManifestDocument> documents) {

		public PlannedCluster {
			changes = List.copyOf(changes);
			documents = List.copyOf(documents);
		}

	}

}
