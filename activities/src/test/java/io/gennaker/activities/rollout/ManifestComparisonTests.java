package io.gennaker.activities.rollout;

import java.util.List;

import io.gennaker.activities.rollout.ReleasePreview.Change;
import io.gennaker.activities.rollout.ReleasePreview.ObjectChange;
import io.gennaker.activities.rollout.manifest.ManifestException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestComparisonTests {

	private static final String CONFIG = """
			apiVersion: v1
			kind: ConfigMap
			metadata: {name: flags, labels: {app.kubernetes.io/component: api}}
			data: {mode: %s}
			""";

	private static final String SECRET = """
			apiVersion: v1
			kind: Secret
			metadata: {name: token}
			stringData: {token: %s}
			""";

	@Test
	void equalManifestsChangeNothingHoweverTheyAreWritten() {
		String other = """
				# the same, in another order
				kind: ConfigMap
				apiVersion: v1
				data:
				  mode: "fast"
				metadata:
				  labels: {"app.kubernetes.io/component": "api"}
				  name: flags
				""";
		List<ObjectChange> changes = ManifestComparison.between(CONFIG.formatted("fast"), other);
		assertThat(changes).extracting(ObjectChange::change).containsExactly(Change.UNCHANGED);
		assertThat(changes.getFirst().diff()).isEmpty();
	}

	@Test
	void aVersionedObjectIsTheSameWhateverHashItsNameEndsIn() {
		String versioned = """
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: flags-%1$s, annotations: {gennaker.io/original-name: flags}}
				data: {mode: %1$s}
				""";
		List<ObjectChange> changes = ManifestComparison.between(versioned.formatted("fast"),
				versioned.formatted("slow"));
		assertThat(changes).extracting(ObjectChange::change).containsExactly(Change.UPDATE);
		assertThat(changes.getFirst().name()).isEqualTo("flags-slow");
		assertThat(changes.getFirst().diff()).contains("-  name: flags-fast\n+  name: flags-slow");
	}

	@Test
	void eachObjectIsNewChangedOrGone() {
		String before = CONFIG.formatted("fast") + "---\n" + SECRET.formatted("first-secret");
		String after = CONFIG.formatted("slow") + """
				---
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: api}
				""";
		List<ObjectChange> changes = ManifestComparison.between(before, after);
		assertThat(changes).extracting(ObjectChange::kind).containsExactly("ConfigMap", "Deployment", "Secret");
		assertThat(changes).extracting(ObjectChange::change)
			.containsExactly(Change.UPDATE, Change.CREATE, Change.DELETE);
		assertThat(changes.getFirst().component()).isEqualTo("api");
		assertThat(changes.getFirst().diff()).contains("-  mode: fast\n+  mode: slow");
		assertThat(changes.getLast().diff()).contains("-kind: Secret").doesNotContain("first-secret");
	}

	@Test
	void aChangedSecretIsToldWithoutItsValues() {
		ObjectChange change = ManifestComparison
			.between(SECRET.formatted("first-secret"), SECRET.formatted("second-secret"))
			.getFirst();
		assertThat(change.change()).isEqualTo(Change.UPDATE);
		assertThat(change.diff()).contains("(changed)").doesNotContain("first-secret").doesNotContain("second-secret");
	}

	@Test
	void anotherVersionOfTheApiIsTheSameObject() {
		String scaler = "apiVersion: autoscaling/%s\nkind: HorizontalPodAutoscaler\nmetadata: {name: api}\n";
		assertThat(ManifestComparison.between(scaler.formatted("v2beta2"), scaler.formatted("v2")))
			.extracting(ObjectChange::change)
			.containsExactly(Change.UPDATE);
	}

	@Test
	void nothingIsComparedWithWhatCannotBeRead() {
		assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> ManifestComparison.between("", "kind: [unfinished"));
	}

}
