package io.gennaker.web.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.gennaker.web.sandbox.controller.Pace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SandboxClusterTests {

	private static final String V1 = "registry.example.com/classroom/api:v1.8.0";

	private static final String V2 = "registry.example.com/classroom/api:v1.9.0";

	@TempDir
	Path folder;

	private SandboxCluster cluster;

	private KubernetesClient client;

	@BeforeEach
	void start() {
		this.cluster = new SandboxCluster("beijing", this.folder, List.of("classroom"),
				(image) -> !image.contains("unknown"), Pace.fast());
		this.client = this.cluster.newClient();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cluster.close();
	}

	@Test
	void saysItsVersionAndKinds() {
		assertThat(this.client.getKubernetesVersion().getMinor()).isEqualTo("34");
		assertThat(this.client.getApiGroups().getGroups()).extracting("name")
			.contains("apps", "batch", "autoscaling", "policy", "networking.k8s.io", "apiextensions.k8s.io");
		assertThat(this.client.getApiResources("apps/v1").getResources()).extracting("name")
			.contains("deployments", "deployments/status");
	}

	@Test
	void anApplyCreatesAndThenUpdatesWithoutANewGenerationForTheSame() {
		GenericKubernetesResource created = apply(Manifests.configMap("settings", "level", "info"));
		assertThat(created.getMetadata().getUid()).isNotEmpty();
		assertThat(created.getMetadata().getManagedFields()).singleElement().satisfies((entry) -> {
			assertThat(entry.getManager()).isEqualTo("gennaker");
			assertThat(entry.getOperation()).isEqualTo("Apply");
		});
		GenericKubernetesResource same = apply(Manifests.configMap("settings", "level", "info"));
		assertThat(same.getMetadata().getResourceVersion()).isEqualTo(created.getMetadata().getResourceVersion());
		apply(Manifests.configMap("settings", "other", "debug"));
		assertThat(configMap("settings").getData()).containsOnlyKeys("other");
	}

	@Test
	void anApplyLeavesWhatOthersOwnAndDidNotMention() {
		apply(Manifests.configMap("settings", "level", "info"));
		this.client.configMaps().inNamespace("classroom").withName("settings").edit((map) -> {
			map.getData().put("theirs", "kept");
			return map;
		});
		apply(Manifests.configMap("settings", "level", "debug"));
		assertThat(configMap("settings").getData()).containsEntry("level", "debug").containsEntry("theirs", "kept");
	}

	@Test
	void aConflictNamesTheManagerAndTheField() {
		apply(Manifests.deployment("api", V1, 1));
		PatchContext other = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
			.withFieldManager("someone")
			.build();
		GenericKubernetesResource theirs = Manifests.deployment("api", V1, 4);
		KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
				() -> this.client.resource(theirs).patch(other, theirs));
		assertThat(refusal.getCode()).isEqualTo(409);
		assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
		assertThat(refusal.getStatus().getMessage())
			.isEqualTo("Apply failed with 1 conflict: conflict with \"gennaker\" using apps/v1: .spec.replicas");
		assertThat(refusal.getStatus().getDetails().getCauses()).singleElement().satisfies((cause) -> {
			assertThat(cause.getReason()).isEqualTo("FieldManagerConflict");
			assertThat(cause.getField()).isEqualTo(".spec.replicas");
		});
		GenericKubernetesResource forced = this.client.resource(theirs)
			.fieldManager("someone")
			.forceConflicts()
			.serverSideApply();
		assertThat(forced.<Integer>get("spec", "replicas")).isEqualTo(4);
	}

	@Test
	void fieldsPassOverToAnotherManagerByAPatchOfTheVersionThatWasRead() {
		apply(Manifests.configMap("settings", "level", "info"));
		this.client.configMaps().inNamespace("classroom").withName("settings").edit((map) -> {
			map.getData().put("theirs", "1");
			return map;
		});
		String version = configMap("settings").getMetadata().getResourceVersion();
		String patch = """
				[{"op": "replace", "path": "/metadata/resourceVersion", "value": "%s"},
				 {"op": "replace", "path": "/metadata/managedFields", "value": [{"manager": "gennaker",
				  "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1",
				  "fieldsV1": {"f:data": {"f:level": {}, "f:theirs": {}}}}]}]""";
		patch("settings", patch.formatted(version));
		assertThat(configMap("settings").getMetadata().getManagedFields()).extracting("manager")
			.containsExactly("gennaker");
		apply(Manifests.configMap("settings", "level", "debug"));
		assertThat(configMap("settings").getData()).containsOnlyKeys("level");
		assertThat(
				catchThrowableOfType(KubernetesClientException.class, () -> patch("settings", patch.formatted(version)))
					.getCode())
			.isEqualTo(409);
	}

	@Test
	void aDeletionOfAnotherObjectOfThatNameIsRefused() {
		apply(Manifests.configMap("settings", "level", "info"));
		String path = "/api/v1/namespaces/classroom/configmaps/settings";
		String options = "{\"preconditions\": {\"uid\": \"%s\"}}";
		assertThat(catchThrowableOfType(KubernetesClientException.class,
				() -> this.client.raw(path, "DELETE", options.formatted("another")))
			.getCode()).isEqualTo(409);
		this.client.raw(path, "DELETE", options.formatted(configMap("settings").getMetadata().getUid()));
		assertThat(configMap("settings")).isNull();
	}

	@Test
	void aListHoldsWhatCarriesItsLabels() {
		apply(Manifests.configMap("settings", "level", "info"));
		this.client.configMaps().inNamespace("classroom").withName("settings").edit((map) -> {
			map.getMetadata().setLabels(java.util.Map.of("gennaker.io/release", "classroom", "app", "api"));
			return map;
		});
		assertThat(this.client.configMaps()
			.inNamespace("classroom")
			.withLabel("gennaker.io/release", "classroom")
			.withLabel("app", "api")
			.list()
			.getItems()).hasSize(1);
		assertThat(this.client.configMaps()
			.inNamespace("classroom")
			.withLabel("gennaker.io/release", "other")
			.list()
			.getItems()).isEmpty();
	}

	@Test
	void aDryRunAnswersAsTheRealOneAndStoresNothing() {
		GenericKubernetesResource tried = this.client.resource(Manifests.deployment("api", V1, 2))
			.dryRun()
			.fieldManager("gennaker")
			.serverSideApply();
		assertThat(tried.<String>get("spec", "strategy", "type")).isEqualTo("RollingUpdate");
		assertThat(deployment("api")).isNull();
	}

	@Test
	void whatARealServerRefusesIsRefused() {
		assertThat(refusal(Manifests.deployment("api", "", 1))).isEqualTo(
				"422 Deployment.apps \"api\" is invalid: spec.template.spec.containers[0].image: Required value");
		apply(Manifests.deployment("api", V1, 1));
		GenericKubernetesResource other = Manifests.deployment("api", V1, 1);
		other.setAdditionalProperty("spec", Manifests.deployment("web", V1, 1).getAdditionalProperties().get("spec"));
		assertThat(refusal(other)).startsWith("422").contains("spec.selector").contains("field is immutable");
		GenericKubernetesResource homeless = Manifests.configMap("settings", "a", "b");
		homeless.getMetadata().setNamespace("nowhere");
		assertThat(refusal(homeless)).isEqualTo("404 namespaces \"nowhere\" not found");
		assertThat(refusal(Manifests.parse("""
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: a, namespace: classroom}
				data: {n: 1}
				"""))).startsWith("400").contains(".data.n: expected string");
	}

	@Test
	void aRequestWithoutTheTokenIsRefused() {
		try (KubernetesClient stranger = new io.fabric8.kubernetes.client.KubernetesClientBuilder()
			.withConfig(new io.fabric8.kubernetes.client.ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
				.withMasterUrl(this.cluster.uri().toString())
				.withRequestRetryBackoffLimit(0)
				.build())
			.build()) {
			KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
					() -> stranger.pods().inAnyNamespace().list());
			assertThat(refusal.getCode()).isEqualTo(401);
		}
	}

	@Test
	void aRolloutTurnsThePodsFromTheOldToTheNewImage() {
		apply(Manifests.deployment("api", V1, 3));
		Deployment first = await("api", SandboxClusterTests::complete);
		assertThat(pods("api")).hasSize(3).allSatisfy((pod) -> {
			assertThat(pod.getMetadata().getLabels()).containsKey("pod-template-hash");
			assertThat(pod.getMetadata().getOwnerReferences().getFirst().getKind()).isEqualTo("ReplicaSet");
		});
		apply(Manifests.deployment("api", V2, 3));
		Deployment second = await("api",
				(one) -> complete(one) && one.getMetadata().getGeneration() > first.getMetadata().getGeneration());
		assertThat(second.getStatus().getConditions()).anySatisfy((condition) -> {
			assertThat(condition.getType()).isEqualTo("Progressing");
			assertThat(condition.getReason()).isEqualTo("NewReplicaSetAvailable");
		});
		this.client.pods()
			.inNamespace("classroom")
			.withLabel("app", "api")
			.informOnCondition((all) -> all.size() == 3)
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		assertThat(pods("api")).extracting((pod) -> pod.getSpec().getContainers().getFirst().getImage())
			.containsOnly(V2);
		assertThat(this.client.apps().replicaSets().inNamespace("classroom").list().getItems()).hasSize(2);
	}

	@Test
	void anImageThatIsNotThereBacksOffAndLeavesTheOldPods() {
		apply(Manifests.deployment("api", V1, 2));
		await("api", SandboxClusterTests::complete);
		apply(Manifests.deployment("api", "registry.example.com/classroom/api:v1.9.2-missing", 2));
		Pod stuck = awaitPod("api", (pod) -> waiting(pod).equals("ImagePullBackOff"));
		assertThat(stuck.getStatus().getContainerStatuses().getFirst().getState().getWaiting().getMessage())
			.startsWith("Back-off pulling image \"registry.example.com/classroom/api:v1.9.2-missing\"");
		assertThat(deployment("api").getStatus().getAvailableReplicas()).isEqualTo(2);
		assertThat(this.client.v1().events().inNamespace("classroom").list().getItems()).extracting("reason")
			.contains("Failed");
	}

	@Test
	void aCrashingContainerRestartsAndSaysWhy() {
		apply(Manifests.deployment("api", "registry.example.com/classroom/api:v1.9.1-crash", 1));
		Pod crashing = awaitPod("api", (pod) -> waiting(pod).equals("CrashLoopBackOff")
				&& pod.getStatus().getContainerStatuses().getFirst().getRestartCount() >= 1);
		assertThat(this.client.pods().resource(crashing).getLog()).contains("FATAL");
	}

	@Test
	void statefulSetsDaemonSetsAndJobsRunToo() {
		apply(Manifests.statefulSet("mirror", "registry.example.com/infra/registry-mirror:2.1.0", 2));
		apply(Manifests.daemonSet("agent", "registry.example.com/infra/agent:1"));
		apply(Manifests.job("migrate", "registry.example.com/classroom/api:v1.8.0"));
		apply(Manifests.job("broken", "registry.example.com/classroom/api:v1.8.0-crash"));
		this.client.apps()
			.statefulSets()
			.inNamespace("classroom")
			.withName("mirror")
			.waitUntilCondition((set) -> set != null && set.getStatus() != null
					&& Integer.valueOf(2).equals(set.getStatus().getReadyReplicas()), 20, TimeUnit.SECONDS);
		this.client.apps()
			.daemonSets()
			.inNamespace("classroom")
			.withName("agent")
			.waitUntilCondition((set) -> set != null && set.getStatus() != null
					&& Integer.valueOf(3).equals(set.getStatus().getNumberReady()), 20, TimeUnit.SECONDS);
		assertThat(awaitJob("migrate").getStatus().getSucceeded()).isEqualTo(1);
		assertThat(awaitJob("broken").getStatus().getFailed()).isEqualTo(2);
	}

	@Test
	void deletingADeploymentDeletesItsPods() {
		apply(Manifests.deployment("api", V1, 2));
		await("api", SandboxClusterTests::complete);
		this.client.apps().deployments().inNamespace("classroom").withName("api").delete();
		this.client.pods()
			.inNamespace("classroom")
			.withLabel("app", "api")
			.informOnCondition(List::isEmpty)
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		assertThat(this.client.apps().replicaSets().inNamespace("classroom").list().getItems()).isEmpty();
	}

	@Test
	void aRestartKeepsWhatRuns() {
		apply(Manifests.deployment("api", V1, 2));
		Deployment before = await("api", SandboxClusterTests::complete);
		stop();
		start();
		Deployment after = deployment("api");
		assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
		assertThat(after.getStatus().getAvailableReplicas()).isEqualTo(2);
		apply(Manifests.deployment("api", V2, 2));
		await("api", (one) -> complete(one) && one.getMetadata().getGeneration() == 2);
	}

	@Test
	void aDefinitionBringsItsKind() {
		apply(Manifests.parse("""
				apiVersion: apiextensions.k8s.io/v1
				kind: CustomResourceDefinition
				metadata: {name: rooms.school.example.com}
				spec:
				  group: school.example.com
				  scope: Namespaced
				  names: {kind: Room, plural: rooms, singular: room}
				  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
				"""));
		apply(Manifests.parse("""
				apiVersion: school.example.com/v1
				kind: Room
				metadata: {name: a, namespace: classroom}
				spec: {seats: 3}
				"""));
		assertThat(this.client.genericKubernetesResources("school.example.com/v1", "Room")
			.inNamespace("classroom")
			.withName("a")
			.get()
			.<Integer>get("spec", "seats")).isEqualTo(3);
	}

	private GenericKubernetesResource apply(GenericKubernetesResource manifest) {
		return this.client.resource(manifest).fieldManager("gennaker").serverSideApply();
	}

	private String refusal(GenericKubernetesResource manifest) {
		KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
				() -> apply(manifest));
		return refusal.getCode() + " " + refusal.getStatus().getMessage();
	}

	private void patch(String name, String operations) {
		this.client.configMaps()
			.inNamespace("classroom")
			.withName(name)
			.patch(PatchContext.of(PatchType.JSON), operations);
	}

	private ConfigMap configMap(String name) {
		return this.client.configMaps().inNamespace("classroom").withName(name).get();
	}

	private Deployment deployment(String name) {
		return this.client.apps().deployments().inNamespace("classroom").withName(name).get();
	}

	private List<Pod> pods(String app) {
		return this.client.pods().inNamespace("classroom").withLabel("app", app).list().getItems();
	}

	private Deployment await(String name, Predicate<Deployment> condition) {
		return this.client.apps()
			.deployments()
			.inNamespace("classroom")
			.withName(name)
			.waitUntilCondition((one) -> one != null && condition.test(one), 20, TimeUnit.SECONDS);
	}

	private Pod awaitPod(String app, Predicate<Pod> condition) {
		return this.client.pods()
			.inNamespace("classroom")
			.withLabel("app", app)
			.informOnCondition((all) -> all.stream().anyMatch(condition))
			.orTimeout(20, TimeUnit.SECONDS)
			.join()
			.stream()
			.filter(condition)
			.findFirst()
			.orElseThrow();
	}

	private Job awaitJob(String name) {
		return this.client.batch()
			.v1()
			.jobs()
			.inNamespace("classroom")
			.withName(name)
			.waitUntilCondition(
					(job) -> job != null && job.getStatus() != null && job.getStatus().getConditions() != null
							&& job.getStatus()
								.getConditions()
								.stream()
								.anyMatch((one) -> List.of("Complete", "Failed").contains(one.getType())),
					20, TimeUnit.SECONDS);
	}

	private static boolean complete(Deployment deployment) {
		return deployment.getStatus() != null
				&& deployment.getMetadata().getGeneration().equals(deployment.getStatus().getObservedGeneration())
				&& deployment.getSpec().getReplicas().equals(deployment.getStatus().getUpdatedReplicas())
				&& deployment.getSpec().getReplicas().equals(deployment.getStatus().getAvailableReplicas())
				&& deployment.getSpec().getReplicas().equals(deployment.getStatus().getReplicas());
	}

	private static String waiting(HasMetadata object) {
		Pod pod = (Pod) object;
		return pod.getStatus()
			.getContainerStatuses()
			.stream()
			.filter((one) -> one.getState() != null && one.getState().getWaiting() != null)
			.map((one) -> one.getState().getWaiting().getReason())
			.findFirst()
			.orElse("");
	}

}
