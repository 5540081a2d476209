package io.gennaker.activities.bake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

/**
 * Requests for bakes, and a store in memory.
 */
final class BakeFixture implements BakeStore, RevisionFiles {

	private final Map<String, byte[]> files = new TreeMap<>();

	private final Map<String, Artifact> artifacts = new LinkedHashMap<>();

	private final Map<String, BoundArtifact> bound = new LinkedHashMap<>();

	private final Map<String, Object> parameters = new LinkedHashMap<>();

	final Map<String, String> kept = new ConcurrentHashMap<>();

	@Nullable Provenance provenance;

	List<BoundImage> boundImages = List.of();

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
	public String manifests(String digest) {
		String manifests = this.kept.get(digest);
		if (manifests == null) {
			throw new IllegalArgumentException("there are no manifests " + digest);
		}
		return manifests;
	}

}
