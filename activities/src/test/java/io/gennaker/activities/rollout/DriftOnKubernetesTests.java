package io.gennaker.activities.rollout;

import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gennaker.activities.rollout.DriftLook.Difference;
import io.gennaker.activities.rollout.DriftLook.State;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Releases beside what became of them, on a real API server.
 */
@Timeout(180)
class DriftOnKubernetesTests {

	private static final String SECRET = """
			apiVersion: v1
			kind: Secret
			metadata: {name: password}
			stringData: {password: hunter2-hunter2}
			---
			""";

	private static KubernetesClient client;

	private final DriftLooks looks = new DryRunDriftLooks((name) -> client);

	@BeforeAll
	static void connect() {
		client = KwokCluster.shared().client();
	}

	@Test
	void whatTheServerFillsInAndWhatOthersAddIsNoDrift() {
		String manifests = release("drift-none", SECRET + Releases.classroom("v1") + "---\n"
				+ Releases.job("hook", "v1", "helm.sh/hook: 'post-install,post-upgrade'"));
		client.apps().deployments().inNamespace("drift-none").withName("proxy").scale(4);
		client.services().inNamespace("drift-none").withName("api").edit((service) -> {
			service.getMetadata().getLabels().put("theirs", "kept");
			return service;
		});
		assertThat(look("drift-none", manifests)).isEqualTo(new DriftLook(State.IN_SYNC, List.of(), "", ""));
	}

	@Test
	void fieldsThatOthersTookOverAreDriftWithTheirPaths() {
		String manifests = release("drift-edit", Releases.classroom("v1"));
		client.apps().deployments().inNamespace("drift-edit").withName("api").edit((live) -> {
			live.getSpec().setReplicas(5);
			live.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("registry.example.com/mine:v9");
			return live;
		});
		DriftLook look = look("drift-edit", manifests);
		assertThat(look.state()).isEqualTo(State.DRIFTED);
		assertThat(look.objects()).singleElement().satisfies((object) -> {
			assertThat(object.kind() + " " + object.name() + " " + object.component()).isEqualTo("Deployment api api");
			assertThat(object.difference()).isEqualTo(Difference.CHANGED);
			assertThat(object.fields()).containsExactlyInAnyOrder("spec.replicas",
					"spec.template.spec.containers[0].image");
			assertThat(object.diff()).contains("-  replicas: 5", "+  replicas: 2",
					"image: registry.example.com/mine:v9");
		});
		assertThat(look("drift-edit", manifests).digest()).as("the same difference").isEqualTo(look.digest());
		client.apps().deployments().inNamespace("drift-edit").withName("api").scale(6);
		assertThat(look("drift-edit", manifests).digest()).as("another difference").isNotEqualTo(look.digest());
		assertThat(client.apps().deployments().inNamespace("drift-edit").withName("api").get().getSpec().getReplicas())
			.as("nothing is changed by looking")
			.isEqualTo(6);
	}

	@Test
	void whatIsGoneIsMissing() {
		String manifests = release("drift-gone",
				Releases.shared("ConfigMap", "settings") + "---\n" + Releases.service("api") + "---\n"
						+ Releases.job("once", "v1", "").replace("backoffLimit: 0", "ttlSecondsAfterFinished: 600"));
		client.configMaps().inNamespace("drift-gone").withName("settings").delete();
		client.batch().v1().jobs().inNamespace("drift-gone").withName("once").delete();
		DriftLook look = look("drift-gone", manifests);
		assertThat(look.objects()).singleElement().satisfies((object) -> {
			assertThat(object.name()).isEqualTo("settings");
			assertThat(object.difference()).isEqualTo(Difference.MISSING);
		});
	}

	@Test
	void aChangedSecretIsToldWithoutItsValues() {
		String manifests = release("drift-secret", SECRET + Releases.shared("ConfigMap", "settings"));
		client.secrets().inNamespace("drift-secret").withName("password").edit((secret) -> {
			secret.getData().put("password", "c3dvcmRmaXNoLXN3b3JkZmlzaA==");
			return secret;
		});
		DriftLook look = look("drift-secret", manifests);
		assertThat(look.objects()).singleElement()
			.satisfies((object) -> assertThat(object.fields()).containsExactly("data.password"));
		assertThat(look.toString()).contains("(changed)").doesNotContain("hunter2", "swordfish", "aHVudGVy", "c3dvcmR");
	}

	@Test
	void aClusterThatIsAwayTellsNothing() {
		DriftLook look = new DryRunDriftLooks((name) -> {
			throw new IllegalStateException("its kubeconfig cannot be read");
		}).look("shanghai", "classroom", "classroom", Releases.classroom("v1"));
		assertThat(look.state()).isEqualTo(State.UNKNOWN);
		assertThat(look.message()).isEqualTo("Cluster shanghai does not answer: its kubeconfig cannot be read");
	}

	private DriftLook look(String namespace, String manifests) {
		return this.looks.look("beijing", namespace, "classroom", manifests);
	}

	private static String release(String namespace, String manifests) {
		try (TestRollout rollout = new TestRollout(client, namespace, manifests, List.of())) {
			rollout.run();
		}
		return manifests;
	}

}
