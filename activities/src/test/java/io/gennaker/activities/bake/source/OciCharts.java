package io.gennaker.activities.bake.source;

import io.gennaker.activities.digest.Sha256;

/**
 * Manifests of charts in registries.
 */
final class OciCharts {

	static final String ARCHIVE = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

	static final byte[] CONFIG = Charts.bytes("{\"name\":\"app\"}");

	private OciCharts() {
	}

	static byte[] manifest(byte[] archive, String mediaType) {
		return Charts.bytes("""
				{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
				"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"%s","size":%d},
				"layers":[{"mediaType":"application/vnd.cncf.helm.chart.provenance.v1.prov","digest":"%s","size":1},
				{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(Sha256.of(CONFIG), CONFIG.length,
				Sha256.of(CONFIG), mediaType, Sha256.of(archive), archive.length));
	}

}
