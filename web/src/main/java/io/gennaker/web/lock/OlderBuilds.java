package io.gennaker.web.lock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.gennaker.web.database.Timestamps;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.lock.LockClaim;
import io.gennaker.workflows.temporal.Words;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what is older from replacing what is newer, unless whoever started it allowed
 * that. Asked when a rollout has got its place, so that what runs there cannot change any
 * more.
 */
@Component
class OlderBuilds {

	private final JdbcClient jdbc;

	private final ReleaseReads releases;

	OlderBuilds(JdbcClient jdbc, ReleaseReads releases) {
		this.jdbc = jdbc;
		this.releases = releases;
	}

	/**
	 * Why a claim may not roll out, in words for people; null where it may.
	 */
	@Nullable String refusal(LockClaim claim) {
		Started own = started(UUID.fromString(claim.executionId()));
		Release runs = this.releases.current(claim.cluster(), claim.namespace(), claim.release()).orElse(null);
		if (runs == null || own.kind().equals("rollback")) {
			return null;
		}
		if (claim.comesBack()) {
			return overtaken(claim, own, runs);
		}
		if (own.allowOlder() || runs.executionId().equals(own.id())) {
			return null;
		}
		Started other = started(runs.executionId());
		if (own.builtAt().isBefore(other.builtAt())) {
			return "%s runs there, and was started later (%s) than this was (%s): something older never replaces it by itself. %s"
				.formatted(title(runs), Words.of(other.builtAt()), Words.of(own.builtAt()), way());
		}
		return lower(claim, runs);
	}

	/**
	 * A cluster that goes back as a part of an execution must not take back what another
	 * one brought there since that began.
	 */
	private static @Nullable String overtaken(LockClaim claim, Started own, Release runs) {
		boolean meanwhile = !runs.executionId().equals(own.id()) && !runs.manifests().equals(claim.manifests())
				&& runs.releasedAt().isAfter(own.createdAt());
		return meanwhile ? title(runs) + " was released there meanwhile and stays" : null;
	}

	private static @Nullable String lower(LockClaim claim, Release runs) {
		for (Map.Entry<String, BoundArtifact> artifact : claim.artifacts().entrySet()) {
			BoundArtifact running = runs.artifacts().get(artifact.getKey());
			if (running != null && VersionOrder.chosenLower(artifact.getValue(), running)) {
				return "%s %s is older than %s, which runs there (%s). %s".formatted(artifact.getKey(),
						artifact.getValue().tag(), running.tag(), title(runs), way());
			}
		}
		return null;
	}

	private static String way() {
		return "To replace it, start again and allow older versions, or roll it back";
	}

	private static String title(Release release) {
		return release.pipeline() + " #" + release.number();
	}

	private Started started(UUID id) {
		return this.jdbc.sql("""
				select id, kind, created_at, coalesce(built_at, created_at) as built_at, allow_older
				from executions where id = ?""").param(id).query((row, _) -> Started.read(row)).single();
	}

	/**
	 * An execution's age.
	 */
	private record Started(UUID id, String kind, Instant createdAt, Instant builtAt, boolean allowOlder) {

		static Started read(ResultSet row) throws SQLException {
			return new Started(row.getObject("id", UUID.class), row.getString("kind"),
					Timestamps.read(row, "created_at"), Timestamps.read(row, "built_at"),
					row.getBoolean("allow_older"));
		}

	}

}
