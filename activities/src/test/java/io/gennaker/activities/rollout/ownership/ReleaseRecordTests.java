package io.gennaker.activities.rollout.ownership;

import java.util.Map;
import java.util.Set;

import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.ownership.ReleaseRecord.Place;
import io.gennaker.activities.rollout.ownership.ReleaseRecord.Sought;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseRecordTests {

	private static final ReleaseIdentity RELEASE = new ReleaseIdentity("school", "classroom", "daily", "e", "s");

	private static final ReleaseRecord RECORD = new ReleaseRecord(Map.of("Deployment.apps",
			new Place("v1", Set.of("school", "other")), "ClusterRole.rbac.authorization.k8s.io",
			new Place("v1", Set.of()), "Secret", new Place("v1", Set.of("school"))), true);

	@Test
	void whatIsWrittenIsRead() {
		Manifest configMap = RECORD.manifest(RELEASE);
		assertThat(configMap.name()).isEqualTo("gennaker.release.classroom");
		assertThat(configMap.namespace()).isEqualTo("school");
		assertThat(configMap.text("metadata", "labels", "gennaker.io/release")).isEmpty();
		assertThat(ReleaseRecord.read(configMap)).isEqualTo(RECORD);
	}

	@Test
	void aKindIsSoughtWhereItEverWas() {
		ReleaseRecord both = RECORD.and(new ReleaseRecord(Map.of("Secret", new Place("v2", Set.of("third"))), false));
		assertThat(both.installed()).isTrue();
		assertThat(both.sought()).contains(new Sought("", "v2", "Secret", Set.of("school", "third")),
				new Sought("rbac.authorization.k8s.io", "v1", "ClusterRole", Set.of()));
	}

}
