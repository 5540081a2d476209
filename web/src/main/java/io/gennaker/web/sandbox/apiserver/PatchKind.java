package io.gennaker.web.sandbox.apiserver;

import java.util.Locale;

/**
 * How the body of a PATCH is meant.
 */
public enum PatchKind {

	/** RFC 6902. */
	JSON,

	/** RFC 7386. */
	MERGE,

	/** Kubernetes' own, which merges lists by their keys. */
	STRATEGIC,

	/** Server-side apply. */
	APPLY;

	static PatchKind ofContentType(String contentType) {
		String type = contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
		return switch (type) {
			case "application/json-patch+json" -> JSON;
			case "application/merge-patch+json" -> MERGE;
			case "application/strategic-merge-patch+json" -> STRATEGIC;
			case "application/apply-patch+yaml", "application/apply-patch+cbor" -> APPLY;
			default -> throw ApiException.unsupportedMediaType(type);
		};
	}

}
