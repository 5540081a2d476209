package io.gennaker.web.preview;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import io.gennaker.activities.bake.BakeTools;
import io.gennaker.activities.bake.HelmBaking;
import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.rollout.PreviewRequest;
import io.gennaker.activities.rollout.PreviewUnavailableException;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.activities.rollout.ReleasePreviews;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.plan.StageGraph;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.UnavailableException;
import io.gennaker.web.bake.ManifestDocument;
import io.gennaker.web.execution.StartChecks;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.pipeline.PipelineDetail;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.preview.ReleasePlan.PlannedCluster;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import io.gennaker.workflows.bake.Destinations;
import io.gennaker.workflows.binding.BindingActivities;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.release.ConditionActivities;
import io.gennaker.workflows.release.PlacesRequest;
import io.gennaker.workflows.release.UnresolvedPlaces;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Does what an execution would do up to the moment before anything is changed: binds,
 * bakes, and asks the clusters by server-side dry run. Stages are taken as if every
 * {@code when} held.
 */
@Component
class ReleasePlanner implements ReleasePlans {

	/** How many clusters are asked at once. */
	private static final int PARALLEL = 8;

	private static final String NO_EXECUTION = "plan";

	private final PipelineReads pipelines;

	private final StartChecks checks;

	private final ConditionActivities conditions;

	private final BindingActivities binding;

	private final RevisionFiles revisions;

	private final Expressions expressions;

	private final BakeTools tools;

	private final ReleasePreviews previews;

	ReleasePlanner(PipelineReads pipelines, StartChecks checks, ConditionActivities conditions,
			BindingActivities binding, RevisionFiles revisions, Expressions expressions, BakeTools tools,
			ReleasePreviews previews) {
		this.pipelines = pipelines;
		this.checks = checks;
		this.conditions = conditions;
		this.binding = binding;
		this.revisions = revisions;
		this.expressions = expressions;
		this.tools = tools;
		this.previews = previews;
	}

	@Override
	public ReleasePlan plan(PlanQuestion question) {
		PipelineDetail pipeline = this.pipelines.find(question.pipeline())
			.orElseThrow(() -> new NotFoundException("There is no pipeline '" + question.pipeline() + "'."));
		UUID revision = (pipeline.revision() != null) ? pipeline.revision().id() : null;
		StartChecks.Checked start = this.checks.check(question.pipeline(), revision, question.parameters(),
				question.artifacts());
		try {
			return plan(start, question);
		}
		catch (ApplicationFailure failure) {
			if (failure.isNonRetryable()) {
				throw new StartRefusedException(failure.getOriginalMessage(), Map.of());
			}
			throw new UnavailableException(failure.getOriginalMessage(), failure);
		}
		catch (UncheckedIOException ex) {
			throw new UnavailableException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private ReleasePlan plan(StartChecks.Checked start, PlanQuestion question) {
		Pipeline pipeline = start.pipeline();
		Bindings bindings = bind(start, context(start, question.user(), new Bindings(Map.of(), Map.of())));
		PlannedManifests store = new PlannedManifests();
		Map<String, BakeResult> bakes = bake(start, bindings, question, store);
		StageGraph graph = new StageGraph(pipeline);
		List<PlannedCluster> clusters = new ArrayList<>();
		for (Stage stage : pipeline.stages().values()) {
			if (stage instanceof Stage.Deploy deploy) {
				BakeResult baked = bakes.get(graph.bakeOf(deploy).id());
				clusters.addAll(ask(deploy, (baked != null) ? baked.manifests() : List.of(),
						new Asked(pipeline.name(), bindings, store, question.documents())));
			}
		}
		return new ReleasePlan(pipeline.name(), start.revision(), clusters);
	}

	private Bindings bind(StartChecks.Checked start, ExpressionContext context) {
		List<BindingRequest.Place> places = this.conditions
			.places(new PlacesRequest(context,
					UnresolvedPlaces.of(start.pipeline(), start.inventory(), start.parameters())))
			.places();
		return this.binding.bind(new BindingRequest(NO_EXECUTION, start.revision().toString(),
				start.pipeline().artifacts(), start.artifacts(), List.of(), places));
	}

	private Map<String, BakeResult> bake(StartChecks.Checked start, Bindings bindings, PlanQuestion question,
			PlannedManifests store) {
		ExpressionContext context = context(start, question.user(), bindings);
		HelmBaking baking = new HelmBaking(this.revisions, store, this.expressions, this.tools, (_) -> {
		});
		Map<String, BakeResult> results = new LinkedHashMap<>();
		for (Stage stage : start.pipeline().stages().values()) {
			if (stage instanceof Stage.Bake bake) {
				List<BakeRequest.Destination> destinations = Destinations
					.of(start.pipeline(), bake, start.inventory(), start.parameters())
					.stream()
					.filter((destination) -> question.about(destination.cluster().name()))
					.toList();
				if (!destinations.isEmpty()) {
					results.put(bake.id(), baking.bake(new BakeRequest(NO_EXECUTION, start.revision().toString(), bake,
							start.pipeline().artifacts(), bindings, context, destinations, start.pipeline().values())));
				}
			}
		}
		return results;
	}

	private List<PlannedCluster> ask(Stage.Deploy deploy, List<ManifestSet> baked, Asked asked) {
		try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
			List<Future<PlannedCluster>> answers = baked.stream()
				.filter((set) -> set.target().equals(deploy.target()))
				.map((set) -> threads.submit(() -> ask(deploy, set, asked)))
				.toList();
			return answers.stream().map(ReleasePlanner::answer).toList();
		}
	}

	private static PlannedCluster answer(Future<PlannedCluster> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UnavailableException("The plan was interrupted.", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private PlannedCluster ask(Stage.Deploy deploy, ManifestSet set, Asked asked) {
		String manifests = asked.store().manifests(set.digest());
		try {
			PreviewRequest request = new PreviewRequest(set.cluster(), set.namespace(), set.release(), asked.pipeline(),
					manifests, deploy.order(), deploy.applying());
			return asked.planned(deploy, set, this.previews.preview(request).changes(), null);
		}
		catch (PreviewUnavailableException ex) {
			return asked.planned(deploy, set, List.of(), ex.getMessage());
		}
	}

	private static ExpressionContext context(StartChecks.Checked start, String user, Bindings bindings) {
		Map<String, Map<String, String>> outputs = start.pipeline()
			.stages()
			.keySet()
			.stream()
			.collect(Collectors.toMap((id) -> id, (_) -> Map.of()));
		return new ExpressionContext(start.parameters(), bindings.overall(), Map.of("type", "api", "user", user),
				Map.of("id", NO_EXECUTION, "number", "0", "pipeline", start.pipeline().name(), "user", user), outputs,
				null);
	}

	/**
	 * What is the same for all clusters of a plan.
	 */
	private record Asked(String pipeline, Bindings bindings, PlannedManifests store, boolean documents) {

		PlannedCluster planned(Stage.Deploy deploy, ManifestSet set, List<ObjectChange> changes,
				@Nullable String problem) {
			return new PlannedCluster(deploy.id(), set.cluster(), set.namespace(), set.release(),
					this.bindings.in(set.cluster()), set.digest(), changes, problem,
					this.documents ? ManifestDocument.of(this.store.manifests(set.digest())) : List.of());
		}

	}

}
