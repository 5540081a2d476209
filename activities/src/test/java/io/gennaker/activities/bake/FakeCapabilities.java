package io.gennaker.activities.bake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.ClusterCapabilities;

/**
 * Clusters that can do what a test says.
 */
final class FakeCapabilities implements ClusterCapabilities {

	static final Instant SEEN = Instant.parse("2026-01-02T03:04:05Z");

	private final Map<String, Capabilities> clusters = new ConcurrentHashMap<>();

	final List<String> asked = Collections.synchronizedList(new ArrayList<>());

	FakeCapabilities cluster(String name, String version, String... apis) {
		this.clusters.put(name, new Capabilities(version, new TreeSet<>(List.of(apis)), SEEN));
		return this;
	}

	FakeCapabilities away(String name, String version, String outage) {
		this.clusters.put(name, new Capabilities(version, new TreeSet<>(List.of("v1")), SEEN).during(outage));
		return this;
	}

	@Override
	public Capabilities of(String cluster) {
		this.asked.add(cluster);
		Capabilities known = this.clusters.get(cluster);
		if (known == null) {
			throw new AssertionError("nobody should ask for " + cluster);
		}
		return known;
	}

}
