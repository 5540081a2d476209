package io.gennaker.activities.bake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.bake.source.ChartOrigin;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;

/**
 * Where bakes are kept, each once under its SHA-256.
 */
public interface BakeStore {

	/**
	 * Keeps one cluster's manifests. Storing them again changes nothing.
	 * @param digest {@code sha256:} and 64 hexadecimal digits, of the manifests' UTF-8
	 * @param manifests a YAML stream
	 */
	void keepManifests(String digest, String manifests);

	/**
	 * Keeps a bake. Storing it again changes nothing.
	 * @param request what was asked for, with which it can be made again
	 * @param bake its result
	 * @param provenance what it was made of
	 * @param bound which images went where
	 */
	void keepBake(BakeRequest request, BakeResult bake, Provenance provenance, List<BoundImage> bound);

	/**
	 * The digest that an image of no artifact got in an earlier attempt at a bake.
	 * @param image repository and tag in full, such as
	 * {@code docker.io/library/busybox:latest}
	 */
	Optional<String> pin(String executionId, String stageId, String image);

	/**
	 * Keeps the digest of an image of no artifact. The first one that is kept stays.
	 * @param digest {@code sha256:…}
	 * @return the one that is kept
	 */
	String keepPin(String executionId, String stageId, String image, String digest);

	/**
	 * The manifests under a digest.
	 * @throws IllegalArgumentException if there are none
	 */
	String manifests(String digest);

	/**
	 * What a bake was made of.
	 *
	 * @param chartName the chart's name
	 * @param chartVersion the chart's version
	 * @param chartDigest the SHA-256 of the chart's files
	 * @param renderer name and version of what rendered it
	 * @param notes what {@code NOTES.txt} says, by cluster name, perhaps empty
	 * @param uncovered images in pod templates that are no artifact of the pipeline's
	 * @param capabilities what the clusters could do, as far as the charts asked for it
	 * @param charts where each chart came from; none in bakes of older versions, as in
	 * the following
	 * @param clusters what went into each cluster's manifests
	 */
	record Provenance(String chartName, String chartVersion, String chartDigest, String renderer,
			Map<String, String> notes, List<String> uncovered, List<SeenCapabilities> capabilities,
			List<ChartOrigin> charts, List<ClusterInputs> clusters) {

		public Provenance {
			notes = Map.copyOf(notes);
			uncovered = List.copyOf(uncovered);
			capabilities = (capabilities != null) ? List.copyOf(capabilities) : List.of();
			charts = (charts != null) ? List.copyOf(charts) : List.of();
			clusters = (clusters != null) ? List.copyOf(clusters) : List.of();
		}

		/**
		 * One in which every image is an artifact's.
		 */
		public Provenance(String chartName, String chartVersion, String chartDigest, String renderer,
				Map<String, String> notes) {
			this(chartName, chartVersion, chartDigest, renderer, notes, List.of(), List.of(), List.of(), List.of());
		}

	}

	/**
	 * What a cluster could do when it was baked for.
	 *
	 * @param cluster the cluster's name
	 * @param kubeVersion its version of Kubernetes
	 * @param apisDigest the SHA-256 of its list of APIs
	 * @param seenAt when it said so
	 * @param outage why that is what it said last and not when it was baked for; empty if
	 * it answered
	 */
	record SeenCapabilities(String cluster, String kubeVersion, String apisDigest, Instant seenAt, String outage) {
	}

	/**
	 * What went into one cluster's manifests besides the chart.
	 *
	 * @param values layers of values, lowest first
	 * @param artifacts {@code image@sha256:…} by component
	 */
	record ClusterInputs(String target, String cluster, List<ValuesDigest> values, Map<String, String> artifacts) {

		public ClusterInputs {
			values = List.copyOf(values);
			artifacts = Map.copyOf(artifacts);
		}

	}

	/**
	 * One layer of values.
	 *
	 * @param name the file's path, or which {@code set}
	 * @param digest {@code sha256:…} of the file, or of what was set as YAML
	 */
	record ValuesDigest(String name, String digest) {
	}

	/**
	 * An image that was bound.
	 *
	 * @param cluster the cluster's name
	 * @param component the artifact; empty for an image of none, which was pinned
	 * @param object such as {@code Deployment/api}
	 * @param container the container's name, or the path that the pipeline declares
	 * @param before the image as rendered
	 * @param after the image as bound
	 */
	record BoundImage(String cluster, String component, String object, String container, String before, String after) {
	}

}
