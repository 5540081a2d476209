package io.gennaker.pipelines.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a stage does to objects in each cluster of a target, besides rolling a release
 * out. A new one is a new record here; the compiler then names every place that must know
 * it.
 */
public sealed interface ClusterOperation {

	/**
	 * Replaces the pods of workloads one after the other, as {@code kubectl rollout
	 * restart} does, and waits until the new ones are ready.
	 */
	record Restart(ObjectChoice objects) implements ClusterOperation {
	}

	/**
	 * Gives workloads a number of replicas and waits until they have it.
	 *
	 * @param replicas a whole number; may be an expression
	 * @param override whether to do so where an autoscaler decides the replicas
	 */
	record Scale(ObjectChoice objects, String replicas, boolean override) implements ClusterOperation {
	}

	/**
	 * Waits for a condition on an object, and fails where it does not come true.
	 *
	 * @param object one object
	 * @param that CEL over {@code object}, the live one
	 * @param within how long it may take; zero looks once
	 */
	record Check(ObjectChoice object, String that, Duration within) implements ClusterOperation {
	}

	/**
	 * Runs a Job to its end and keeps its log.
	 *
	 * @param source what it runs
	 * @param retries how often a failed pod is tried again
	 * @param ttl how long the Job stays in the cluster after its end
	 */
	record RunJob(JobSource source, int retries, Duration ttl) implements ClusterOperation {
	}

	/**
	 * Changes fields of an object and waits until it is healthy.
	 *
	 * @param object one object
	 * @param form how the patch is to be read
	 * @param patch a JSON tree: a map, or for {@link PatchForm#JSON} a list of maps;
	 * texts may hold expressions
	 */
	record Patch(ObjectChoice object, PatchForm form, Object patch) implements ClusterOperation {
	}

	/**
	 * Deletes objects and waits until they are gone.
	 *
	 * @param ignoreMissing whether it is well where there is none
	 */
	record Delete(ObjectChoice objects, boolean ignoreMissing) implements ClusterOperation {
	}

	/**
	 * How a patch is to be read.
	 */
	enum PatchForm {

		/** Server-side apply of a partial object, never forced. */
		APPLY,
		/** RFC 7386: maps are merged, lists replaced, null removes. */
		MERGE,
		/** Kubernetes' own, which merges lists by their keys. */
		STRATEGIC,
		/** RFC 6902: a list of operations. */
		JSON

	}

	/**
	 * What a Job runs.
	 */
	sealed interface JobSource {

		/**
		 * The manifest of a Job, one file of the pipeline.
		 */
		record File(String path) implements JobSource {
		}

		/**
		 * One container.
		 *
		 * @param image the image, may hold expressions; null where an artifact names it
		 * @param artifact the artifact whose bound image it runs; null where an image is
		 * given
		 * @param command in place of the image's entry point; texts may hold expressions,
		 * as in the following
		 * @param args its arguments
		 * @param env environment variables
		 * @param serviceAccount null for the namespace's default
		 */
		record Container(@Nullable String image, @Nullable String artifact, List<String> command, List<String> args,
				Map<String, String> env, @Nullable String serviceAccount) implements JobSource {
			public Container {
				command = List.copyOf(command);
				args = List.copyOf(args);
				env = Copies.ordered(env);
			}
		}

	}

}
