package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.pipelines.image.ImageName;

/**
 * A client of the OCI distribution API. Thread-safe; keeps tokens and the times of images
 * in memory.
 */
public final class OciRegistry implements ImageRegistry {

	private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

	private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

	private final RegistryCalls calls;

	private final NewestTags newest;

	/**
	 * A client that reaches every registry by HTTPS and without credentials, but for the
	 * hosts given.
	 */
	public OciRegistry(List<RegistryHost> hosts) {
		this(hosts, RegistryTimeouts.DEFAULT);
	}

	OciRegistry(List<RegistryHost> hosts, RegistryTimeouts timeouts) {
		this.calls = new RegistryCalls(new RegistryHosts(hosts), new HttpCalls(timeouts));
		this.newest = new NewestTags(this.calls, this);
	}

	@Override
	public Optional<String> digest(String image, String reference) throws IOException {
		if (!DIGEST.matcher(reference).matches() && !TAG.matcher(reference).matches()) {
			return Optional.empty();
		}
		ImageName name = ImageName.parse(image);
		HttpResponse<byte[]> head = this.calls.call("HEAD", name, "manifests/" + reference);
		if (head.statusCode() == 404) {
			return Optional.empty();
		}
		Optional<String> named = head.headers()
			.firstValue("Docker-Content-Digest")
			.filter((digest) -> DIGEST.matcher(digest).matches());
		if (named.isPresent()) {
			return Optional.of(checked(name, reference, named.get()));
		}
		HttpResponse<byte[]> manifest = this.calls.call("GET", name, "manifests/" + reference);
		return (manifest.statusCode() == 404) ? Optional.empty()
				: Optional.of(checked(name, reference, Sha256.of(manifest.body())));
	}

	private static String checked(ImageName name, String reference, String digest) throws RegistryException {
		if (DIGEST.matcher(reference).matches() && !reference.equals(digest)) {
			throw new RegistryException(name.host(), 200,
					"it was asked for " + reference + " of " + name.path() + " and gave " + digest);
		}
		return digest;
	}

	@Override
	public List<Tag> tags(String image, int limit) throws IOException {
		return this.newest.tags(image, limit);
	}

}
