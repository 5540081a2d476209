package io.gennaker.activities.rollout;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;

/**
 * Changes fields without keeping them. Whoever writes a field is its manager from then
 * on, and the next release, which applies without forcing, would be refused for a change
 * that Gennaker made itself. So the manager is taken out of the object's bookkeeping
 * again, which leaves the fields to whoever applies them next.
 */
final class FieldClaims {

	private static final int TRIES = 5;

	private final ApiServer server;

	private final ApiKind kind;

	private final String manager;

	FieldClaims(ApiServer server, ApiKind kind, String manager) {
		this.server = server;
		this.kind = kind;
		this.manager = manager;
	}

	/**
	 * Sends a patch and gives up what it claimed.
	 */
	void patch(Manifest object, String contentType, Object patch) {
		this.server.patch(this.kind, object, contentType, patch, Map.of("fieldManager", this.manager));
		for (int i = 1; !giveUp(object, i == TRIES); i++) {
			// the object's controller was quicker; it is read again
		}
	}

	private boolean giveUp(Manifest object, boolean last) {
		Optional<Manifest> live = this.server.get(this.kind, object).map(Manifest::new);
		int claim = live.map(this::claim).orElse(-1);
		if (claim < 0) {
			return true;
		}
		// with the version that was read, so that it is the same entry
		List<Map<String, Object>> removal = List.of(
				Map.of("op", "replace", "path", "/metadata/resourceVersion", "value",
						live.get().text("metadata", "resourceVersion")),
				Map.of("op", "remove", "path", "/metadata/managedFields/" + claim));
		try {
			this.server.patch(this.kind, object, "application/json-patch+json", removal,
					Map.of("fieldManager", this.manager));
			return true;
		}
		catch (ApiOutage ex) {
			if (last) {
				throw ex;
			}
			return false;
		}
	}

	private int claim(Manifest live) {
		List<Manifest> entries = live.maps("metadata", "managedFields");
		for (int i = 0; i < entries.size(); i++) {
			if (entries.get(i).text("manager").equals(this.manager)
					&& entries.get(i).text("operation").equals("Update")) {
				return i;
			}
		}
		return -1;
	}

}
