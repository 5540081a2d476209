package io.gennaker.activities.bake.capability;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.gennaker.activities.digest.Sha256;

/**
 * What a cluster can do: what Helm makes of its discovery when it installs there.
 *
 * @param kubeVersion its version as it gives it, such as {@code v1.34.3}
 * @param apis groups with version and, of each, every kind: {@code apps/v1},
 * {@code apps/v1/Deployment}
 * @param seenAt when the cluster said so
 * @param outage why this is what it said last rather than now; empty if it is from now
 */
public record Capabilities(String kubeVersion, SortedSet<String> apis, Instant seenAt, String outage) {

	public Capabilities {
		apis = Collections.unmodifiableSortedSet(new TreeSet<>(apis));
	}

	/**
	 * What a cluster says now.
	 */
	public Capabilities(String kubeVersion, SortedSet<String> apis, Instant seenAt) {
		this(kubeVersion, apis, seenAt, "");
	}

	/**
	 * The same, said by a cluster that no longer answers.
	 */
	public Capabilities during(String why) {
		return new Capabilities(this.kubeVersion, this.apis, this.seenAt, why);
	}

	/**
	 * The SHA-256 of the list of APIs, as {@code sha256:…}.
	 */
	public String apisDigest() {
		return Sha256.of(String.join("\n", this.apis));
	}

	/**
	 * The list of APIs in order.
	 */
	public List<String> apiList() {
		return List.copyOf(this.apis);
	}

}
