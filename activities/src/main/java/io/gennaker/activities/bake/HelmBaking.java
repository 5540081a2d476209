package io.gennaker.activities.bake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.capability.UnknownCapabilitiesException;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.source.ChartOrigin;
import io.gennaker.activities.bake.values.ValuesExplanation;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.workflows.bake.BakeActivities;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.release.Failures;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/**
 * Bakes by Helm. All destinations are rendered at once, as many as the renderer has
 * processes, and each one's manifests go to the store before the next is taken up, so
 * that memory does not grow with the number of clusters.
 */
public final class HelmBaking implements BakeActivities {

	private static final long HEARTBEAT_MILLIS = 2000;

	/** A failure that passes once the cluster answers. */
	private static final String CLUSTER_AWAY = "cluster-away";

	private final RevisionFiles revisions;

	private final BakeStore store;

	private final Expressions expressions;

	private final BakeTools tools;

	private final Consumer<String> heartbeat;

	/**
	 * Bakes as a Temporal activity.
	 * @param tools whoever made them closes them
	 */
	public HelmBaking(RevisionFiles revisions, BakeStore store, Expressions expressions, BakeTools tools) {
		this(revisions, store, expressions, tools, (progress) -> Activity.getExecutionContext().heartbeat(progress));
	}

	/**
	 * Bakes outside of Temporal.
	 * @param heartbeat told every two seconds how far it is
	 */
	public HelmBaking(RevisionFiles revisions, BakeStore store, Expressions expressions, BakeTools tools,
			Consumer<String> heartbeat) {
		this.revisions = revisions;
		this.store = store;
		this.expressions = expressions;
		this.tools = tools;
		this.heartbeat = heartbeat;
	}

	@Override
	public BakeResult bake(BakeRequest request) {
		return bake(request, List.of());
	}

	/**
	 * Bakes what was baked before.
	 * @param pins the charts that were used, by digest or commit; they are used again
	 */
	public BakeResult bake(BakeRequest request, List<ChartOrigin> pins) {
		PipelineFiles files = files(request.revisionId());
		try (BakeCharts charts = charts(files, pins)) {
			PlainManifests plain = new PlainManifests(files);
			List<BakedCluster> baked = bakeAll(request, files, charts, plain);
			new Coverage(request).check(baked);
			return keep(request, baked, charts, plain);
		}
		catch (BakeRefusedException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAKE_REFUSED);
		}
		catch (ExpressionException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAD_EXPRESSION);
		}
		catch (UnknownCapabilitiesException ex) {
			throw ApplicationFailure.newFailure(ex.getMessage(), CLUSTER_AWAY);
		}
	}

	/**
	 * Which layer gives which value, by the same way as a bake takes.
	 * @param request a request with one destination
	 * @throws BakeRefusedException if the chart or a layer cannot be read
	 * @throws ExpressionException if an expression cannot be evaluated
	 */
	public ValuesExplanation values(BakeRequest request) {
		PipelineFiles files = files(request.revisionId());
		try (BakeCharts charts = charts(files, List.of())) {
			return clusterBake(request, files, charts, new PlainManifests(files))
				.values(request.destinations().getFirst());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("the explanation was interrupted", ex);
		}
	}

	private BakeCharts charts(PipelineFiles files, List<ChartOrigin> pins) {
		return new BakeCharts(files, this.tools.charts(), this.expressions, this.tools.renderers(), pins);
	}

	private ClusterBake clusterBake(BakeRequest request, PipelineFiles files, BakeCharts charts, PlainManifests plain) {
		ClusterRendering rendering = new ClusterRendering(request, files, charts, plain, this.expressions, this.tools);
		PinnedImages pins = new PinnedImages(this.tools.registry(), this.store, request.executionId(),
				request.stage().id());
		return new ClusterBake(request, rendering, this.expressions, this.store, pins, this.tools.limits().manifests());
	}

	private PipelineFiles files(String revisionId) {
		try {
			return this.revisions.files(revisionId);
		}
		catch (IllegalArgumentException ex) {
			throw ApplicationFailure.newNonRetryableFailure(ex.getMessage(), Failures.BAKE_REFUSED);
		}
	}

	private List<BakedCluster> bakeAll(BakeRequest request, PipelineFiles files, BakeCharts charts,
			PlainManifests plain) {
		ClusterBake bake = clusterBake(request, files, charts, plain);
		try (ExecutorService threads = Executors.newFixedThreadPool(this.tools.renderers().parallelism(),
				Thread.ofVirtual().name("bake-", 0).factory())) {
			List<Future<BakedCluster>> results = request.destinations()
				.stream()
				.map((destination) -> threads.submit(() -> bake.bake(destination)))
				.toList();
			try {
				return await(results);
			}
			finally {
				threads.shutdownNow();
			}
		}
	}

	private List<BakedCluster> await(List<Future<BakedCluster>> results) {
		List<BakedCluster> baked = new ArrayList<>();
		for (Future<BakedCluster> result : results) {
			baked.add(await(result, baked.size() + " of " + results.size() + " clusters baked"));
		}
		return baked;
	}

	private BakedCluster await(Future<BakedCluster> result, String progress) {
		this.heartbeat.accept(progress);
		while (true) {
			try {
				return result.get(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				this.heartbeat.accept(progress);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("the bake was interrupted", ex);
			}
			catch (ExecutionException ex) {
				throw unchecked(ex.getCause());
			}
		}
	}

	private static RuntimeException unchecked(@Nullable Throwable cause) {
		return switch (cause) {
			case RuntimeException runtime -> runtime;
			case IOException io -> new UncheckedIOException(String.valueOf(io.getMessage()), io);
			case Error error -> throw error;
			case null, default -> new IllegalStateException("the bake was stopped", cause);
		};
	}

	private BakeResult keep(BakeRequest request, List<BakedCluster> baked, BakeCharts charts, PlainManifests plain) {
		List<BakeResult.ManifestSet> sets = baked.stream().map(BakedCluster::set).toList();
		Map<String, String> notes = new TreeMap<>();
		TreeSet<String> uncovered = new TreeSet<>();
		for (BakedCluster cluster : baked) {
			uncovered.addAll(cluster.uncovered());
			if (!cluster.notes().isBlank()) {
				notes.put(cluster.set().cluster(), cluster.notes());
			}
		}
		BakeStore.Provenance provenance = new BakeStore.Provenance(
				joined(charts.each(BakeCharts.Opened::name), plain.names()), charts.each(BakeCharts.Opened::version),
				joined(charts.each(BakeCharts.Opened::digest), plain.digests()),
				baked.stream().map(BakedCluster::renderer).distinct().sorted().collect(Collectors.joining("; ")), notes,
				List.copyOf(uncovered), baked.stream().flatMap(BakedCluster::seen).toList(), charts.origins(),
				baked.stream().map(BakedCluster::inputs).toList());
		BakeResult result = new BakeResult(digest(sets, provenance), sets);
		this.store.keepBake(request, result, provenance,
				baked.stream().flatMap((cluster) -> cluster.boundImages().stream()).toList());
		return result;
	}

	private static String joined(String charts, String manifests) {
		return (charts.isEmpty() || manifests.isEmpty()) ? charts + manifests : charts + ", " + manifests;
	}

	private static String digest(List<BakeResult.ManifestSet> sets, BakeStore.Provenance provenance) {
		StringBuilder facts = new StringBuilder();
		sets.stream()
			.sorted(Comparator.comparing(BakeResult.ManifestSet::target).thenComparing(BakeResult.ManifestSet::cluster))
			.forEach((set) -> facts
				.append(String.join("\t", set.target(), set.cluster(), set.namespace(), set.release(), set.digest()))
				.append('\n'));
		facts.append(String.join("\t", provenance.chartName(), provenance.chartVersion(), provenance.chartDigest(),
				provenance.renderer()));
		provenance.capabilities()
			.stream()
			.map((seen) -> String.join("\t", seen.cluster(), seen.kubeVersion(), seen.apisDigest()))
			.distinct()
			.sorted()
			.forEach((line) -> facts.append('\n').append(line));
		return Sha256.of(facts.toString());
	}

}
