package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.gennaker.pipelines.image.ImageName;

/**
 * What lies in OCI registries: manifests and blobs as they are, unverified. Thread-safe;
 * keeps tokens in memory.
 */
public final class OciContents {

	/** Blobs are large. */
	private static final RegistryTimeouts TIMEOUTS = new RegistryTimeouts(RegistryTimeouts.DEFAULT.connect(),
			Duration.ofSeconds(60));

	private final RegistryHosts hosts;

	private final RegistryCalls calls;

	private final NewestTags tags;

	/**
	 * A client of the hosts given.
	 */
	public OciContents(List<RegistryHost> hosts) {
		this.hosts = new RegistryHosts(hosts);
		this.calls = new RegistryCalls(this.hosts, new HttpCalls(TIMEOUTS));
		this.tags = new NewestTags(this.calls, new OciRegistry(hosts));
	}

	/**
	 * Whether the configuration lists a registry.
	 * @param host with port, if it has one
	 */
	public boolean knows(String host) {
		return this.hosts.knows(host);
	}

	/**
	 * Where a registry's API really is.
	 */
	public URI address(String host) {
		return this.hosts.uri(host, "/v2/");
	}

	/**
	 * The bytes of a manifest; empty if the registry does not have it.
	 * @param reference a tag or a digest
	 * @throws RegistryException if the registry does not answer or refuses
	 */
	public Optional<byte[]> manifest(ImageName repository, String reference) throws IOException {
		return body(this.calls.call("GET", repository, "manifests/" + reference));
	}

	/**
	 * The bytes of a blob; empty if the registry does not have it.
	 * @param limit how many bytes it may have
	 * @throws RegistryException if the registry does not answer, refuses, or sends more
	 */
	public Optional<byte[]> blob(ImageName repository, String digest, long limit) throws IOException {
		return body(this.calls.call("GET", repository, this.calls.uri(repository, "blobs/" + digest), limit));
	}

	/**
	 * All tags of a repository; none if the registry does not have it.
	 * @throws RegistryException if the registry does not answer or refuses
	 */
	public List<String> tags(ImageName repository) throws IOException {
		return List.copyOf(this.tags.names(repository));
	}

	private static Optional<byte[]> body(HttpResponse<byte[]> response) {
		return (response.statusCode() == 404) ? Optional.empty() : Optional.of(response.body());
	}

}
