package io.gennaker.activities.bake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.gennaker.activities.bake.capability.ClusterCapabilities;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.program.ProgramLimits;
import io.gennaker.activities.bake.renderer.HelmProgram;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.bake.source.ChartSources;
import io.gennaker.activities.bake.source.SourceSettings;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.ImageValues;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * Requests for bakes, and a store and a registry in memory.
 */
final class BakeFixture implements BakeStore, RevisionFiles, ImageRegistry {

	private final Map<String, byte[]> files = new TreeMap<>();

	private final Map<String, Artifact> artifacts = new LinkedHashMap<>();

	private final Map<String, BoundArtifact> bound = new LinkedHashMap<>();

	private final Map<String, Object> parameters = new LinkedHashMap<>();

	final Map<String, String> kept = new ConcurrentHashMap<>();

	final Map<String, String> pins = new ConcurrentHashMap<>();

	/** Digests by repository and tag. */
	final Map<String, String> registry = new ConcurrentHashMap<>();

	final List<String> asked = Collections.synchronizedList(new ArrayList<>());

	@Nullable Provenance provenance;

	List<BoundImage> boundImages = List.of();

	/**
	 * Tools with a renderer of their own; the caller closes them.
	 * @param helm the {@code helm} program, if it may be used
	 * @param kustomize a program for kustomizations, if one may be used
	 */
	static BakeTools tools(BakeLimits limits, ClusterCapabilities capabilities, @Nullable Path helm,
			@Nullable Path kustomize) throws IOException {
		return tools(limits, capabilities, helm, kustomize, 64L * 1024 * 1024);
	}

	/**
	 * The same with another cache.
	 * @param cacheBytes its size; 0 for none
	 */
	static BakeTools tools(BakeLimits limits, ClusterCapabilities capabilities, @Nullable Path helm,
			@Nullable Path kustomize, long cacheBytes) throws IOException {
		RenderLimits rendering = limits.rendering();
		return new BakeTools(
				new ChartSources(new SourceSettings(List.of(), List.of(), List.of(),
						rendering.folder().resolve("charts-cache"), 0, limits.chart())),
				new Renderers(new HelmRenderer(rendering), (helm != null) ? new HelmProgram(helm, rendering) : null,
						cacheBytes),
				new Kustomize(kustomize,
						new ProgramLimits(rendering.timeout(), rendering.memoryBytes(), rendering.outputBytes()),
						rendering.folder()),
				capabilities, new BakeFixture(), limits);
	}

	/**
	 * The same tools with this fixture's registry.
	 */
	BakeTools with(BakeTools shared) {
		return new BakeTools(shared.charts(), shared.renderers(), shared.kustomize(), shared.capabilities(), this,
				shared.limits());
	}

	BakeFixture files(Map<String, byte[]> more) {
		this.files.putAll(more);
		return this;
	}

	/**
	 * A folder of the project.
	 */
	BakeFixture folder(Path folder, String as) {
		try (Stream<Path> walk = Files.walk(folder)) {
			for (Path file : walk.filter(Files::isRegularFile).toList()) {
				String name = folder.relativize(file).toString().replace('\\', '/');
				this.files.put(as + name, Files.readAllBytes(file));
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	BakeFixture parameter(String name, Object value) {
		this.parameters.put(name, value);
		return this;
	}

	BakeFixture artifact(String component, String image, boolean required, String tag, String digit,
			BoundArtifact.Origin origin) {
		this.artifacts.put(component, new Artifact(image, required, null));
		this.bound.put(component, new BoundArtifact(component, image, tag, digest(digit), origin));
		return this;
	}

	/**
	 * Gives an artifact values by which the chart takes it.
	 */
	BakeFixture values(String component, ImageValues values) {
		this.artifacts.computeIfPresent(component, (_, artifact) -> new Artifact(artifact.image(), artifact.required(),
				artifact.defaultReference(), values, artifact.verify()));
		return this;
	}

	BakeFixture unboundArtifact(String component, String image) {
		this.artifacts.put(component, new Artifact(image, false, null));
		return this;
	}

	static String digest(String digit) {
		return "sha256:" + digit.repeat(64);
	}

	static BakeRequest.Destination destination(String cluster, Target.Override own, String... values) {
		Target target = new Target(new ClusterSelector.Named(List.of(cluster)), "ns-${{ cluster.region }}",
				List.of(values), Map.of(cluster, own));
		return new BakeRequest.Destination("all", target, new Cluster(cluster, cluster, Map.of()));
	}

	static BakeRequest.Destination destination(String cluster) {
		return destination(cluster, new Target.Override(List.of(), Map.of()));
	}

	static Stage.Bake stage(String chart, @Nullable String version, List<String> values,
			Map<String, @Nullable Object> set) {
		return new Stage.Bake("bake", Stage.Options.NONE, new ChartSource.Path(chart, version), "classroom", values,
				set);
	}

	BakeRequest request(Stage.Bake stage, BakeRequest.Destination... destinations) {
		ExpressionContext context = new ExpressionContext(this.parameters, Map.of(), Map.of("type", "manual"),
				Map.of("id", "e1", "number", "1", "pipeline", "classroom", "user", "engineer"), Map.of(), null);
		return new BakeRequest("e1", "r1", stage, this.artifacts, new Bindings(this.bound, Map.of()), context,
				List.of(destinations));
	}

	@Override
	public PipelineFiles files(String revisionId) {
		if (!revisionId.equals("r1")) {
			throw new IllegalArgumentException("there is no revision " + revisionId);
		}
		return new PipelineFiles(this.files);
	}

	@Override
	public void keepManifests(String digest, String manifests) {
		this.kept.put(digest, manifests);
	}

	@Override
	public void keepBake(BakeRequest request, BakeResult bake, Provenance of, List<BoundImage> images) {
		this.provenance = of;
		this.boundImages = images;
	}

	@Override
	public Optional<String> pin(String executionId, String stageId, String image) {
		return Optional.ofNullable(this.pins.get(image));
	}

	@Override
	public String keepPin(String executionId, String stageId, String image, String digest) {
		this.pins.putIfAbsent(image, digest);
		return this.pins.get(image);
	}

	@Override
	public Optional<String> digest(String image, String reference) throws IOException {
		this.asked.add(image + ":" + reference);
		if (image.startsWith("away.example.com/")) {
			throw new IOException("away.example.com: it does not answer");
		}
		return Optional.ofNullable(this.registry.get(image + ":" + reference));
	}

	@Override
	public List<Tag> tags(String image, int limit) {
		throw new UnsupportedOperationException();
	}

	@Override
	public String manifests(String digest) {
		String manifests = this.kept.get(digest);
		if (manifests == null) {
			throw new IllegalArgumentException("there are no manifests " + digest);
		}
		return manifests;
	}

}
