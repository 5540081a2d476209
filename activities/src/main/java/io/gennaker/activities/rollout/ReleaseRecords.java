package io.gennaker.activities.rollout;

import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;
import io.gennaker.activities.rollout.ownership.ReleaseRecord;

/**
 * Reads and writes what a release remembers of itself in its cluster.
 */
final class ReleaseRecords {

	private final ApiServer server;

	private final ReleaseIdentity release;

	ReleaseRecords(ApiServer server, ReleaseIdentity release) {
		this.server = server;
		this.release = release;
	}

	/**
	 * The record; empty where there is none.
	 */
	Optional<ReleaseRecord> read() {
		try {
			return this.server.get(ReleaseRecord.KIND, ReleaseRecord.reference(this.release))
				.map((content) -> ReleaseRecord.read(new Manifest(content)));
		}
		catch (ApiRefusal ex) {
			throw refused(ex);
		}
	}

	/**
	 * Notes the kinds of what is about to be applied.
	 */
	void note(ReleaseLayout layout) {
		Optional<ReleaseRecord> before = read();
		ReleaseRecord now = ReleaseRecord.of(layout);
		ReleaseRecord both = before.map((record) -> record.and(now)).orElse(now);
		if (before.isEmpty() || !before.get().equals(both)) {
			write(both);
		}
	}

	/**
	 * Notes that a release is there in whole.
	 */
	void noteWhole(ReleaseLayout layout) {
		ReleaseRecord now = ReleaseRecord.of(layout);
		Optional<ReleaseRecord> before = read();
		if (before.isEmpty() || !before.get().installed()) {
			write(before.map((record) -> record.and(now)).orElse(now).whole());
		}
	}

	private void write(ReleaseRecord record) {
		Manifest configMap = record.manifest(this.release);
		try {
			Map<String, Object> _ = this.server.apply(ReleaseRecord.KIND, configMap);
		}
		catch (ApiRefusal ex) {
			throw refused(ex);
		}
	}

	private ApiRefusal refused(ApiRefusal refusal) {
		return new ApiRefusal(refusal.code(),
				"Gennaker notes in ConfigMap %s/%s which kinds of objects the release has, to find them again: %s"
					.formatted(this.release.namespace(), ReleaseRecord.reference(this.release).name(),
							refusal.words()));
	}

}
