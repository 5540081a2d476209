package io.gennaker.pipelines.language;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the JSON Schema against the parser: what one takes, the other takes.
 */
class PipelineSchemaTests {

	private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(PipelineSchema.json());

	private static final String BASE = Corpus.text("valid/everything.yaml");

	private static final String CALLS = Corpus.text("valid/calls.yaml");

	private static final String OPERATIONS = Corpus.text("valid/operations.yaml");

	private static boolean takes(String yaml) {
		return SCHEMA.validate(yaml, InputFormat.YAML).isEmpty();
	}

	static List<String> valid() {
		return Corpus.names("valid");
	}

	@ParameterizedTest
	@MethodSource("valid")
	void bothTakeWhatIsValid(String name) {
		String yaml = Corpus.text("valid/" + name + ".yaml");
		assertThat(Corpus.problems(Corpus.read(yaml))).isEmpty();
		assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
	}

	@Test
	void theSchemaTakesTheExample() {
		String yaml = ExampleFiles.classroom().text(PipelineFiles.PIPELINE);
		assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
	}

	/** Each turns the valid file into one with a single structural mistake. */
	@ParameterizedTest
	@ValueSource(strings = { "version: 1 -> version: 2", "version: 1 -> version: one", "name: everything -> nmae: x",
			"name: everything -> name: Every Thing", "description: Every key of the language -> description: [a]",
			"type: string, description -> type: text, description", "pattern: '[a-z/]+' -> patern: a",
			"maximum: 9 -> maximum: nine", "default: 2, -> default: 2.5,", "default: false, -> default: no,",
			"options: [small, large] -> options: []", "options: [small, large] -> options: small",
			"options: [small, large] -> options: [small, small]", "default: all -> default: none",
			"required: {type: string} -> re-quired: {type: string}", "required: {type: string} -> required: {}",
			"image: localhost/job_runner -> image: localhost/job_runner:v1", "image: localhost/job_runner -> tag: v1",
			"default: 1.0.0} -> default: a b}", "required: false -> required: maybe",
			"job-runner: {image -> job_runner: {image", "clusters: {region: beijing, env: prod} -> clusters: {}",
			"clusters: {region: beijing, env: prod} -> clusters: beijing",
			"clusters: [guangdong, shanghai] -> clusters: []",
			"clusters: [guangdong, shanghai] -> clusters: [shanghai, shanghai]", ", namespace: app} -> }",
			", namespace: app} -> , namespace: App}", "a.b: 1 -> a..b: 1", "a.b: 1 -> a: {b: 1}", "a.b: 1 -> a: [1]",
			"type: image -> type: cron", "type: drift, -> type: drift, tags: a,",
			"targets: [labelled, named] -> targets: []", "kind: Lesson, healthy -> kind: Lesson, helthy",
			"kind: Lesson, healthy -> kind: Secret, healthy", "kind: Lesson, healthy -> kind: lesson, healthy",
			"failed: object.status.phase -> failed: '', x: ", "health:\n -> health: {}\nx:\n",
			"artifacts: [api, job-runner], tags -> artifacts: [], tags", ", tags: '.*' -> ", "limit: 3 -> limit: 0",
			"when-busy: replace-waiting -> when-busy: wait", "type: bake -> type: canary",
			"path: charts/app.tgz -> oci: oci://registry.example.com/app",
			"rollback: {approval -> rollback: {approvals", "timeout: 30m}} -> timeout: soon}}",
			"path: charts/app.tgz -> pth: charts/app.tgz", "path: charts/app.tgz -> path: charts/app.tgz, ref: main",
			"version: ^1.4 -> version: ^1.4, digest: a", "name: app, version: -> version:",
			"git: https://git.example.com/team/charts.git, ref: -> oci: registry.example.com/app, ref:",
			", ref: v1.4.0 -> , version: v1.4.0", "release: app -> release: App",
			"manifests: {path: manifests/app} -> manifests: manifests/app",
			"release: plain -> release: plain\n    set: {a: 1}", "path: manifests/app -> folder: manifests/app",
			"release: plain -> release: plain\n    chart: {path: charts/app}",
			"kustomize: 'overlays -> kustomise: 'overlays", "timeout: 5m -> timeout: 5 minutes",
			"on-failure: fail -> on-failure: rollback", "needs: [bake, other-bake, -> need: [bake,",
			"needs: [bake, other-bake, registry-bake, pinned-bake, repository-bake, git-bake] -> needs: bake",
			"target: labelled -> window: {}", "order: [job-runner, [api]] -> order: api",
			"order: [job-runner, [api]] -> order: [[]]", "max-parallel: 1 -> max-parallel: 0",
			"failure-budget: 0 -> failure-budget: -1", "soak: 0s -> soak: 0", "prune: false -> prune: never",
			"adopt: true -> adopt: 1", "force-conflicts: true -> force-conflicts: 1",
			"recreate: [Job, -> recreate: [job,", "recreate: [Job, -> recreate: [Job/Migrate,", "for: 1h30m, -> ",
			"for: 1h30m -> for: 30m1h", "when: parameters.debug == false && -> when: 1 #",
			"approvers: {users -> approvers: {user", "count: 2} -> count: 0}",
			"self-approval: true -> self-approval: ann", "waves: [[guangdong], shanghai] -> waves: {}",
			"waves: [[guangdong], shanghai] -> waves: region",
			"waves: {by: region, after -> waves: {by: region, before", "waves: {by: env} -> waves: {by: ''}",
			"waves: {by: env} -> waves: {by: env, after: {}}", "{shanghai: [guangdong]} -> {shanghai: guangdong}",
			"{shanghai: [guangdong]} -> {shanghai: []}",
			"{shanghai: [guangdong]} -> {shanghai: [guangdong, guangdong]}",
			"failure-budget: 10% -> failure-budget: 101%", "failure-budget: 10% -> failure-budget: 0.1",
			"when-exceeded: ask -> when-exceeded: wait", "canary-cluster: shanghai -> canary-cluster: [shanghai]",
			"type: approval -> typ: approval", "pin: all -> pin: everything", "pin: all -> pin: true",
			"pin-except: [auto, -> pin-except: ['',",
			"pin-except: [auto, 'registry.example.com/infra/*'] -> pin-except: auto",
			"versioned: true -> versioned: yes", "keep-versions: 3 -> keep-versions: 0",
			"kind: Rollout, api-version -> kind: rollout, api-version",
			"api-version: argoproj.io/v1alpha1 -> api-version: argoproj.io", "api-version: argo -> apiVersion: argo",
			"path: 'spec.template.spec.containers[*].image' -> path: 'spec..image'",
			"path: 'spec.template.spec.containers[*].image' -> path: 'spec.containers[a].image'",
			"path: 'spec.template.spec.containers[*].image' -> path: ''",
			"path: 'spec.template.spec.containers[*].image' -> path: $.spec.image",
			"path: 'spec.template.spec.containers[*].image' -> digest: spec.digest",
			"digest: 'spec.images[*].digest' -> path: spec.image", "tag: api.image.tag, digest -> label: x, digest",
			"tag: api.image.tag -> tag: 'api.images[0].tag'", "tag: api.image.tag -> tag: api..tag",
			"registry: api.image.registry, repository: api.image.repository -> registry: api.image.registry" })
	void bothRefuseAStructuralMistake(String edit) {
		String[] sides = edit.split(" -> ?", 2);
		assertThat(BASE).contains(sides[0]);
		String yaml = BASE.replace(sides[0], sides[1]);
		assertThat(Corpus.problems(Corpus.read(yaml))).as("the parser's problems").isNotEmpty();
		assertThat(takes(yaml)).as("taken by the schema").isFalse();
	}

	/** Each turns the stages that change objects into ones with a single mistake. */
	@ParameterizedTest
	@ValueSource(strings = { "restart, target: all, max-parallel -> restart, max-parallel",
			"object: {kind: Deployment, name: api}, timeout -> object: {kind: Deployment}, timeout",
			"kind: Deployment, name: api}, timeout -> kind: Deployment, name: api, selector: {a: b}}, timeout",
			"kind: Deployment, name: api}, timeout -> kind: deployment, name: api}, timeout",
			"selector: {app: '${{ cluster.region }}'} -> selector: {}", "replicas: 0 -> replicas: -1",
			"replicas: 0 -> replicas: none", "override: true -> override: 1",
			"api-version: argoproj.io/v1alpha1 -> api-version: argoproj", "namespace: other -> namespace: Other",
			"that: object -> then: object", "within: 5m -> within: 5",
			"artifact: api\n -> artifact: api\n    image: a\n", "artifact: api\n -> \n", "LEVEL: info -> LE-VEL: info",
			"LEVEL: info -> LEVEL: 1", "ttl: 30m -> ttl: 30",
			"file: jobs/migrate.yaml} -> file: jobs/migrate.yaml, args: [a]}", "form: merge -> form: mrege",
			"form: merge -> form: json", "form: json -> form: strategic", "ignore-missing: false -> ignore: false",
			"object: {kind: Service, name: api} -> object: {kind: Service, selector: {a: b}}" })
	void bothRefuseAMistakeInAStageThatChangesObjects(String edit) {
		String[] sides = edit.split(" -> ?", 2);
		assertThat(OPERATIONS).contains(sides[0]);
		String yaml = OPERATIONS.replace(sides[0], sides[1]);
		assertThat(Corpus.problems(Corpus.read(yaml))).as("the parser's problems").isNotEmpty();
		assertThat(takes(yaml)).as("taken by the schema").isFalse();
	}

	/** Each turns the stages that ask others into ones with a single mistake. */
	@ParameterizedTest
	@ValueSource(strings = { "url: 'https://hooks.example.com/ping' -> uri: a",
			"url: 'https://hooks.example.com/ping' -> url: hooks.example.com", "method: GET -> method: get",
			"{secret: chat-token} -> {secrets: chat-token}", "{secret: chat-token} -> {}", "X-Level: -> Host:",
			"X-Level: -> X Level:", "every: 5s -> every: 5", "poll: {until: 'response.status == 200'} -> poll: {}",
			"pipeline: smoke-tests -> pipeline: Smoke", "artifacts: all -> artifacts: some",
			"artifacts: all -> artifacts: [api]", "count: 3, status -> count: {a: b}, status",
			"wait: false -> wait: never", "target: all, release -> release",
			"release: 'app-${{ cluster.name }}' -> release: App", "order: [api] -> order: api" })
	void bothRefuseAMistakeInAStageThatAsksOthers(String edit) {
		String[] sides = edit.split(" -> ?", 2);
		assertThat(CALLS).contains(sides[0]);
		String yaml = CALLS.replace(sides[0], sides[1]);
		assertThat(Corpus.problems(Corpus.read(yaml))).as("the parser's problems").isNotEmpty();
		assertThat(takes(yaml)).as("taken by the schema").isFalse();
	}

	@Test
	void everyKeyOfTheParserIsInTheSchemaAndTheReverse() {
		assertThat(keysOfSchema()).isEqualTo(keysOfParser());
	}

	private static Map<String, Set<String>> keysOfParser() {
		Map<String, Set<String>> keys = new TreeMap<>();
		Stream
			.of(Arrays.stream(StageType.values()).map(StageType::vocabulary),
					Arrays.stream(TriggerType.values()).map(TriggerType::vocabulary),
					Arrays.stream(ParameterType.values()).map(ParameterType::vocabulary),
					Stream.of(PipelineDecoder.PIPELINE, PipelineDecoder.CONCURRENCY, RollbackDecoder.ROLLBACK,
							RollbackDecoder.APPROVAL, ArtifactDecoder.KEYS, ArtifactDecoder.VALUES,
							SignaturePolicyDecoder.KEYS, BindingDecoder.FIELD, PacingDecoder.WAVES, HealthDecoder.RULE,
							TargetDecoder.KEYS, TargetDecoder.OVERRIDE, ChartDecoder.CHART, BakeDecoder.MANIFESTS,
							ApprovalDecoder.APPROVERS, ObjectChoiceDecoder.OBJECT, WebhookDecoder.SECRET,
							WebhookDecoder.POLL))
			.flatMap(vocabularies -> vocabularies)
			.forEach(vocabulary -> keys.put(vocabulary.definition(), new TreeSet<>(vocabulary.keys())));
		return keys;
	}

	private static Map<String, Set<String>> keysOfSchema() {
		Map<String, Set<String>> keys = new TreeMap<>();
		JsonNode root = SCHEMA.getSchemaNode();
		keys.put("pipeline", new TreeSet<>(root.get("properties").propertyNames()));
		root.get("$defs").properties().forEach(definition -> {
			JsonNode closed = definition.getValue().get("additionalProperties");
			if (closed != null && closed.isBoolean()) {
				keys.put(definition.getKey(), new TreeSet<>(definition.getValue().get("properties").propertyNames()));
			}
		});
		return keys;
	}

	@Test
	void everyTypeOfTheParserIsInTheSchemaAndTheReverse() {
		assertThat(types("stage")).isEqualTo(StageType.words());
		assertThat(types("trigger")).isEqualTo(TriggerType.words());
		assertThat(types("parameter")).isEqualTo(ParameterType.words());
	}

	@Test
	void everyTypeOfTheModelCanBeWritten() {
		assertThat(StageType.values()).hasSize(Stage.class.getPermittedSubclasses().length - 1
				+ ClusterOperation.class.getPermittedSubclasses().length);
		assertThat(TriggerType.values()).hasSameSizeAs(Trigger.class.getPermittedSubclasses());
		assertThat(ParameterType.values()).hasSameSizeAs(Parameter.class.getPermittedSubclasses());
	}

	private static List<String> types(String definition) {
		JsonNode words = SCHEMA.getSchemaNode().get("$defs").get(definition).get("properties").get("type").get("enum");
		return words.values().stream().map(JsonNode::stringValue).toList();
	}

	@Test
	void everyKeyIsDescribed() {
		SCHEMA.getSchemaNode().get("$defs").properties().forEach(definition -> {
			JsonNode properties = definition.getValue().get("properties");
			boolean closed = definition.getValue().has("additionalProperties") && properties != null;
			if (closed) {
				properties.properties()
					.forEach(property -> assertThat(
							property.getValue().has("description") || property.getValue().has("$ref"))
						.as(definition.getKey() + "." + property.getKey())
						.isTrue());
			}
		});
	}

}
