package io.gennaker.activities.bake.source;

import java.io.IOException;

import io.gennaker.activities.digest.Sha256;

/**
 * A chart repository for tests of what is done with charts.
 */
public final class ServedCharts implements AutoCloseable {

	private final ChartServer server = new ChartServer();

	private final StringBuilder entries = new StringBuilder();

	/**
	 * Serves nothing yet.
	 */
	public ServedCharts() throws IOException {
	}

	public String host() {
		return this.server.host();
	}

	public String address() {
		return "http://" + host() + "/stable";
	}

	/**
	 * Publishes one more version of the one chart.
	 */
	public void publish(String name, String version, byte[] archive) {
		String file = name + "-" + version + ".tgz";
		this.server.answer("/stable/" + file, 200, archive);
		this.entries.append("  - {name: %s, version: %s, digest: %s, urls: [%s]}%n".formatted(name, version,
				Sha256.hex(Sha256.of(archive)), file));
		this.server.answer("/stable/index.yaml", "entries:\n  " + name + ":\n" + this.entries);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
