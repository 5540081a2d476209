package io.gennaker.pipelines.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A node of the pipeline's graph. A new type of stage is a new record here; the compiler
 * then names every place that must know it.
 */
public sealed interface Stage {

	/**
	 * The stage's key in the file: unique, stable, used in URLs.
	 */
	String id();

	/**
	 * What every type of stage may say.
	 */
	Options options();

	/**
	 * What every type of stage may say.
	 *
	 * @param needs the stages that must have ended well before
	 * @param when a CEL condition; false skips the stage
	 * @param timeout how long it may take from its start
	 * @param onFailure what its failure does to the others
	 */
	record Options(List<String> needs, @Nullable String when, @Nullable Duration timeout, OnFailure onFailure) {

		/** What a stage has that says nothing. */
		public static final Options NONE = new Options(List.of(), null, null, OnFailure.FAIL);

		public Options {
			needs = List.copyOf(needs);
		}
	}

	/**
	 * Chart, values and bound artifacts become one set of manifests per cluster.
	 *
	 * @param release the release's name; may hold expressions
	 * @param values values files, lowest first; paths may hold expressions
	 * @param set single values by dotted key; scalars, texts may hold expressions
	 * @param kustomize a folder with a kustomization that what was rendered goes through;
	 * may hold expressions
	 * @param binding what is done to the rendered documents
	 */
	record Bake(String id, Options options, ChartSource chart, String release, List<String> values,
			Map<String, @Nullable Object> set, @Nullable String kustomize, Binding binding) implements Stage {
		public Bake {
			values = List.copyOf(values);
			set = Copies.ordered(set);
			binding = Objects.requireNonNullElse(binding, Binding.DEFAULT);
		}

		/**
		 * A bake that binds its artifacts in pod templates and changes nothing else.
		 */
		public Bake(String id, Options options, ChartSource chart, String release, List<String> values,
				Map<String, @Nullable Object> set) {
			this(id, options, chart, release, values, set, null, Binding.DEFAULT);
		}
	}

	/**
	 * What was baked is rolled out to a target's clusters.
	 *
	 * @param target the target's name
	 * @param bake which bake stage's manifests; null where only one is among those that
	 * this stage needs, directly or not
	 * @param order groups of components, one group healthy before the next; empty puts
	 * all into one
	 * @param waves names of clusters that go at the same time; empty puts all into one
	 * @param maxParallel how many clusters may be under way; null for no limit
	 * @param failureBudget how many clusters may fail before the stage stops, where
	 * {@code pacing} gives no percentage
	 * @param soak how long a wave must have been done before the next starts
	 * @param applying how objects are applied
	 * @param pacing what else says which cluster goes when
	 */
	record Deploy(String id, Options options, String target, @Nullable String bake, List<List<String>> order,
			List<List<String>> waves, @Nullable Integer maxParallel, int failureBudget, Duration soak,
			Applying applying, Pacing pacing) implements Stage {
		public Deploy {
			applying = Objects.requireNonNullElse(applying, Applying.DEFAULT);
			pacing = Objects.requireNonNullElse(pacing, Pacing.NONE);
			order = order.stream().map(List::copyOf).toList();
			waves = waves.stream().map(List::copyOf).toList();
			if (maxParallel != null && maxParallel < 1) {
				throw new IllegalArgumentException("max-parallel must be at least 1, not " + maxParallel);
			}
			if (failureBudget < 0) {
				throw new IllegalArgumentException("failure-budget must not be negative, but is " + failureBudget);
			}
		}

		/**
		 * A deploy in the waves that it lists, with a failure budget that counts, which
		 * applies objects as all do that say nothing of it.
		 */
		public Deploy(String id, Options options, String target, @Nullable String bake, List<List<String>> order,
				List<List<String>> waves, @Nullable Integer maxParallel, int failureBudget, Duration soak) {
			this(id, options, target, bake, order, waves, maxParallel, failureBudget, soak, Applying.DEFAULT,
					Pacing.NONE);
		}

		/**
		 * How many clusters may fail of so many that the stage goes to.
		 */
		public int failuresAllowed(int clusters) {
			Integer percent = this.pacing.budgetPercent();
			return (percent != null) ? clusters * percent / 100 : this.failureBudget;
		}
	}

	/**
	 * People decide whether it goes on.
	 *
	 * @param approvers who may decide
	 * @param count how many different people must approve; one rejection is enough to end
	 * it
	 * @param selfApproval whether who started the execution may approve
	 * @param instructions what approvers should look at; may hold expressions
	 */
	record Approval(String id, Options options, Approvers approvers, int count, boolean selfApproval,
			String instructions) implements Stage {
		public Approval {
			if (count < 1) {
				throw new IllegalArgumentException("count must be at least 1, not " + count);
			}
		}
	}

	/**
	 * Nothing happens for a time.
	 *
	 * @param duration how long ({@code for} in the file)
	 */
	record Wait(String id, Options options, Duration duration) implements Stage {
	}

	/**
	 * Something is done to objects in each cluster of a target. In the file, the type of
	 * such a stage is the operation's own, such as {@code restart}.
	 *
	 * @param target the target's name
	 * @param maxParallel how many clusters may be under way; null for no limit
	 * @param operation what is done
	 */
	record Operation(String id, Options options, String target, @Nullable Integer maxParallel,
			ClusterOperation operation) implements Stage {
		public Operation {
			if (maxParallel != null && maxParallel < 1) {
				throw new IllegalArgumentException("max-parallel must be at least 1, not " + maxParallel);
			}
		}
	}

	/**
	 * Another service is asked for something over HTTP.
	 *
	 * @param url the address; may hold expressions
	 * @param method such as {@code POST}
	 * @param headers by name
	 * @param body a text, or a JSON tree that is sent as such; texts may hold
	 * expressions; null for none
	 * @param success CEL over {@code response}; null takes every status of 2xx for
	 * success
	 * @param poll how the service is asked again until it is done; null where its first
	 * answer counts
	 */
	record Webhook(String id, Options options, String url, String method, Map<String, HeaderValue> headers,
			@Nullable Object body, @Nullable String success, @Nullable Poll poll) implements Stage {
		public Webhook {
			headers = Copies.ordered(headers);
		}
	}

	/**
	 * An execution of another pipeline.
	 *
	 * @param pipeline its name
	 * @param parameters values by name: scalars or lists of texts; texts may hold
	 * expressions
	 * @param allArtifacts whether it gets every image that this execution has bound and
	 * that it knows
	 * @param artifacts tags or digests by component, beside those; may hold expressions
	 * @param await whether the stage ends as that execution does
	 */
	record ChildPipeline(String id, Options options, String pipeline, Map<String, Object> parameters,
			boolean allArtifacts, Map<String, String> artifacts, boolean await) implements Stage {
		public ChildPipeline {
			parameters = Copies.ordered(parameters);
			artifacts = Copies.ordered(artifacts);
		}
	}

	/**
	 * A release goes back to the one that ran before it, in each cluster of a target.
	 *
	 * @param target the target's name
	 * @param release the release's name; may hold expressions
	 * @param order groups of components, one group healthy before the next; empty puts
	 * all into one
	 * @param maxParallel how many clusters may be under way; null for no limit
	 */
	record Undo(String id, Options options, String target, String release, List<List<String>> order,
			@Nullable Integer maxParallel) implements Stage {
		public Undo {
			order = order.stream().map(List::copyOf).toList();
			if (maxParallel != null && maxParallel < 1) {
				throw new IllegalArgumentException("max-parallel must be at least 1, not " + maxParallel);
			}
		}
	}

	/**
	 * The value of a request's header.
	 */
	sealed interface HeaderValue {

		/**
		 * Written in the file; may hold expressions.
		 */
		record Text(String text) implements HeaderValue {
		}

		/**
		 * Kept in the service's configuration, by a name.
		 */
		record Secret(String name) implements HeaderValue {
		}

	}

	/**
	 * How a service is asked again.
	 *
	 * @param url the address to get; null for the request's own; may hold expressions
	 * @param every how long to wait between
	 * @param until CEL over {@code response}: what is waited for
	 */
	record Poll(@Nullable String url, Duration every, String until) {
	}

	/**
	 * Who may decide a gate, besides having the role {@code approver}. Both empty leaves
	 * it to the role alone.
	 *
	 * @param users names of users
	 * @param groups names of groups, of which one is enough
	 */
	record Approvers(List<String> users, List<String> groups) {
		public Approvers {
			users = List.copyOf(users);
			groups = List.copyOf(groups);
		}
	}

}
