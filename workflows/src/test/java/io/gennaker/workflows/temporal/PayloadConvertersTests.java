package io.gennaker.workflows.temporal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gennaker.pipelines.model.Applying;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Binding;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterOperation.JobSource;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.ImageField;
import io.gennaker.pipelines.model.ObjectChoice;
import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.HeaderValue;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.workflows.bake.BakeResult;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.journal.StageEntry;
import io.gennaker.workflows.journal.Status;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.release.ReleaseRequest;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class PayloadConvertersTests {

	private static final Stage.Options OPTIONS = new Stage.Options(List.of("bake"), "true", Duration.ofMinutes(90),
			OnFailure.STOP_BRANCH);

	private static final ObjectChoice CHOICE = new ObjectChoice("Deployment", "apps/v1", "other", null,
			Map.of("app", "api"));

	/** One of each permitted subclass of each sealed type, with all that it may hold. */
	private static final List<Object> SAMPLES = List.of(
			new Stage.Bake("bake", OPTIONS, new ChartSource.Path("charts/a", "1.4.0"), "classroom", List.of("v.yaml"),
					set(), "overlays/prod",
					new Binding(List.of(new ImageField.Reference("Rollout", null, "spec.image")), Binding.Pin.ALL,
							List.of("auto"), true, 3)),
			new Stage.Deploy("south", OPTIONS, "south", "bake", List.of(List.of("api"), List.of("proxy", "job")),
					List.of(List.of("b"), List.of("a")), 2, 1, Duration.ofSeconds(90),
					new Applying(false, true, true, List.of("Job", "Service/api")),
					new Pacing("region", Map.of("b", List.of("a")), "a", 20, Pacing.WhenExceeded.ASK)),
			new Stage.Approval("go", OPTIONS, new Stage.Approvers(List.of("kim"), List.of("managers")), 2, true,
					"look"),
			new Stage.Wait("cool", OPTIONS, Duration.ofSeconds(1, 500_000_000)),
			new Stage.Operation("again", OPTIONS, "south", 2, new ClusterOperation.Restart(CHOICE)),
			new Stage.Webhook("ask", OPTIONS, "https://a.example.com", "PUT",
					Map.of("A", new HeaderValue.Secret("token")), set(), "response.status == 200",
					new Stage.Poll(null, Duration.ofSeconds(5), "response.body.done")),
			new Stage.ChildPipeline("tests", OPTIONS, "smoke", Map.of("a", List.of("b")), true, Map.of("api", "v1"),
					false),
			new Stage.Undo("back", OPTIONS, "south", "classroom", List.of(List.of("api")), 2),
			new HeaderValue.Text("a"), new HeaderValue.Secret("b"),
			new ClusterOperation.Restart(ObjectChoice.named("Deployment", "apps/v1", "api")),
			new ClusterOperation.Scale(CHOICE, "3", true),
			new ClusterOperation.Check(CHOICE, "object.spec.replicas == 3", Duration.ofMinutes(5)),
			new ClusterOperation.RunJob(new JobSource.File("jobs/a.yaml"), 2, Duration.ofHours(1)),
			new ClusterOperation.Patch(CHOICE, ClusterOperation.PatchForm.MERGE, set()),
			new ClusterOperation.Delete(CHOICE, true), new JobSource.File("jobs/a.yaml"),
			new JobSource.Container(null, "api", List.of("/bin/a"), List.of("-b"), Map.of("A", "b"), "migrator"),
			new ChartSource.Path("charts/classroom", null), new ChartSource.Manifests("manifests"),
			new ChartSource.Oci("oci://registry.example.com/charts/a", "^1.4", null),
			new ChartSource.Repository("https://charts.example.com", "a", "~1.4.0"),
			new ChartSource.Git("https://git.example.com/a.git", "main", "charts/a"),
			new ClusterSelector.Named(List.of("b", "a")), new ClusterSelector.Labelled(Map.of("region", "beijing")),
			new Parameter.Text("d", "a+", "aa"), new Parameter.WholeNumber("d", 1L, 9L, 3L),
			new Parameter.Flag("d", true), new Parameter.Choice("d", List.of("info", "debug"), "info"),
			new Parameter.Clusters("d", List.of("a")), new Trigger.ImagePush(List.of("api"), "v.*"),
			new Trigger.Drift(List.of("south")), new ImageField.Reference("Rollout", "a/v1", "spec.image"),
			new ImageField.Parts("Machine", null, "spec.name", "spec.tag", null),
			new SignaturePolicy.Key("keys/cosign.pub", false),
			new SignaturePolicy.Identity("https://accounts.example.com", null, ".*@example.com"));

	private final DataConverter converter = PayloadConverters.dataConverter();

	private static Map<String, Object> set() {
		Map<String, Object> set = new LinkedHashMap<>();
		set.put("z.replicas", 6L);
		set.put("a.level", "info");
		set.put("m.on", true);
		set.put("b.ratio", 0.5);
		set.put("c.nothing", null);
		return set;
	}

	private static List<Object> samples() {
		return SAMPLES;
	}

	private static Stream<Class<?>> sealedTypes() {
		return Stream.of(Stage.class, ChartSource.class, ClusterSelector.class, Parameter.class, Trigger.class,
				ImageField.class, SignaturePolicy.class, ClusterOperation.class, JobSource.class, HeaderValue.class);
	}

	private static Class<?> sealedTypeOf(Object sample) {
		return sealedTypes().filter((type) -> type.isInstance(sample)).findFirst().orElseThrow();
	}

	@ParameterizedTest
	@MethodSource("samples")
	void everyPermittedSubclassComesBackThroughItsSealedType(Object sample) {
		assertThat(through(sample, sealedTypeOf(sample))).isEqualTo(sample);
		assertThat(through(sample, sample.getClass())).isEqualTo(sample);
	}

	@ParameterizedTest
	@MethodSource("sealedTypes")
	void everyPermittedSubclassHasASampleAndANameThatIsNotItsClass(Class<?> type) throws Exception {
		ObjectMapper mapper = PayloadConverters.mapper();
		List<String> names = new ArrayList<>();
		for (Class<?> permitted : type.getPermittedSubclasses()) {
			Object sample = SAMPLES.stream()
				.filter(permitted::isInstance)
				.findFirst()
				.orElseThrow(() -> new AssertionError("give a sample of " + permitted + " here"));
			JsonNode json = mapper.readTree(mapper.writeValueAsString(sample));
			names.add(json.path("type").asText());
		}
		assertThat(names).doesNotHaveDuplicates().allSatisfy((name) -> assertThat(name).matches("[a-z]+"));
	}

	@Test
	void everySealedTypeOfTheModelIsCovered() {
		assertThat(Stream
			.of(Artifact.class, Cluster.class, Concurrency.class, Pipeline.class, Target.class, Stage.class,
					ChartSource.class, ClusterSelector.class, Parameter.class, Trigger.class, ImageField.class,
					SignaturePolicy.class, ClusterOperation.class, JobSource.class, HeaderValue.class)
			.filter(Class::isSealed)).containsExactlyInAnyOrderElementsOf(sealedTypes().toList());
	}

	@Test
	void aWholeReleaseRequestComesBack() {
		Map<String, Stage> stages = new LinkedHashMap<>();
		SAMPLES.stream().filter(Stage.class::isInstance).map(Stage.class::cast).forEach((s) -> stages.put(s.id(), s));
		Pipeline pipeline = new Pipeline("classroom", "", Map.of("n", new Parameter.WholeNumber("", null, null, 1L)),
				Map.of("api", new Artifact("r/api", true, null)),
				Map.of("south",
						new Target(new ClusterSelector.Named(List.of("a")), "ns", List.of(),
								Map.of("a", new Target.Override(List.of(), set())))),
				Map.of("images", new Trigger.ImagePush(List.of("api"), ".*")), Concurrency.DEFAULT, stages);
		ReleaseRequest request = new ReleaseRequest("id", 1, "revision", pipeline,
				List.of(new Cluster("a", "r", Map.of("env", "prod"))), Map.of("n", 3L, "names", List.of("a")), Map.of(),
				new ReleaseRequest.Trigger("manual", "kim", List.of(), Map.of()));
		ReleaseRequest back = through(request, ReleaseRequest.class);
		assertThat(back).isEqualTo(request);
		assertThat(back.pipeline().stages().keySet()).containsExactlyElementsOf(stages.keySet());
	}

	@Test
	void everyKindOfReleaseComesBackAndNoneIsForward() {
		BakeResult bake = new BakeResult("sha256:b", List.of());
		BoundArtifact api = new BoundArtifact("api", "r/api", "v1", "sha256:a", BoundArtifact.Origin.CHOSEN);
		Bindings bindings = new Bindings(Map.of("api", api), Map.of());
		List<ReleaseKind> kinds = List.of(new ReleaseKind.Forward(),
				new ReleaseKind.Restart("classroom #12", "south", bindings,
						List.of(new ReleaseKind.TakenOver("bake", Map.of("digest", "sha256:b"), bake),
								new ReleaseKind.TakenOver("go", Map.of(), null))),
				new ReleaseKind.Rollback("classroom #12", List.of(new ReleaseKind.KeptRelease("south", "a", "ns", "r",
						"classroom #11", "sha256:b", "sha256:m", Map.of("api", api)))));
		assertThat(kinds).extracting(Object::getClass)
			.containsExactlyInAnyOrder((Class[]) ReleaseKind.class.getPermittedSubclasses());
		assertThat(kinds).allSatisfy((kind) -> assertThat(through(kind, ReleaseKind.class)).isEqualTo(kind));
		ReleaseRequest before = read(
				"{\"executionId\":\"id\",\"number\":1,\"revisionId\":\"r\",\"inventory\":[],\"parameters\":{},"
						+ "\"artifacts\":{},\"trigger\":{\"type\":\"api\",\"user\":\"kim\",\"pushed\":[],\"facts\":{}}}",
				ReleaseRequest.class);
		assertThat(before.kind()).isEqualTo(new ReleaseKind.Forward());
	}

	@Test
	void wholeNumbersComeBackAsLong() {
		Stage.Bake bake = (Stage.Bake) through(SAMPLES.getFirst(), Stage.class);
		assertThat(bake.set().get("z.replicas")).isEqualTo(6L);
		assertThat(bake.set().get("b.ratio")).isEqualTo(0.5);
		assertThat(bake.set().keySet()).containsExactly("z.replicas", "a.level", "m.on", "b.ratio", "c.nothing");
	}

	@Test
	void timesAreText() {
		StageEntry entry = new StageEntry("id", 1, Instant.parse("2027-03-01T14:30:00.123Z"), "go", Status.WAITING,
				null, Instant.parse("2027-03-02T14:30:00Z"), Map.of());
		Payload payload = this.converter.toPayload(entry).orElseThrow();
		assertThat(payload.getData().toStringUtf8()).contains("\"2027-03-01T14:30:00.123Z\"");
		assertThat(this.converter.fromPayload(payload, StageEntry.class, StageEntry.class)).isEqualTo(entry);
	}

	@Test
	void whatNewerCodeAddedIsIgnored() {
		Payload payload = this.converter.toPayload(new Cluster("a", "r", Map.of())).orElseThrow();
		Payload newer = payload.toBuilder()
			.setData(com.google.protobuf.ByteString
				.copyFromUtf8(payload.getData().toStringUtf8().replaceFirst("\\{", "{\"added\":1,")))
			.build();
		assertThat(this.converter.fromPayload(newer, Cluster.class, Cluster.class))
			.isEqualTo(new Cluster("a", "r", Map.of()));
	}

	@Test
	void aBakeAndAnArtifactOfBeforeBindingReadAsIfTheySaidNothing() {
		String bake = "{\"type\":\"bake\",\"id\":\"b\",\"options\":{\"needs\":[],\"onFailure\":\"FAIL\"},"
				+ "\"chart\":{\"type\":\"path\",\"path\":\"c\"},\"release\":\"r\",\"values\":[],\"set\":{}}";
		Stage.Bake read = (Stage.Bake) read(bake, Stage.class);
		assertThat(read.binding()).isEqualTo(Binding.DEFAULT);
		assertThat(read("{\"image\":\"r/a\",\"required\":true}", Artifact.class))
			.isEqualTo(new Artifact("r/a", true, null));
	}

	private <T> T read(String json, Class<T> type) {
		Payload payload = this.converter.toPayload("x").orElseThrow();
		return this.converter.fromPayload(
				payload.toBuilder().setData(com.google.protobuf.ByteString.copyFromUtf8(json)).build(), type, type);
	}

	private <T> T through(Object value, Class<T> type) {
		Payload payload = this.converter.toPayload(value).orElseThrow();
		return this.converter.fromPayload(payload, type, type);
	}

}
