package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.image.ImageName;
import io.gennaker.activities.registry.OciContents;
import io.gennaker.activities.registry.RegistryException;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * Charts of OCI registries (https://helm.sh/docs/topics/registries/). Manifest and
 * archive are kept by their digests, so that a registry that is away does no harm where
 * the digest is known.
 */
final class RegistryCharts implements SourceReader<ChartSource.Oci> {

	private static final String CONFIG = "application/vnd.cncf.helm.config.v1+json";

	private static final String ARCHIVE = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

	private static final Pattern FORM = Pattern
		.compile("[A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?(?:/[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*)+");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final OciContents registries;

	private final ChartCache cache;

	private final long archiveLimit;

	RegistryCharts(OciContents registries, ChartCache cache, long archiveLimit) {
		this.registries = registries;
		this.cache = cache;
		this.archiveLimit = archiveLimit;
	}

	@Override
	public SourceContent read(ChartSource.Oci source, @Nullable Pin pin) throws IOException {
		String name = SourceNames.of(source);
		ImageName repository = repository(name);
		String digest = (pin != null) ? pin.reference() : source.digest();
		try {
			byte[] manifest = (digest != null) ? pinned(name, repository, digest)
					: tagged(name, repository, (source.version() != null) ? source.version() : "");
			return archive(name, repository, manifest);
		}
		catch (RegistryException ex) {
			boolean passing = ex.status() == 0 || ex.status() == 429 || ex.status() >= 500;
			if (passing) {
				throw new SourceUnavailableException(name + ": " + ex.getMessage(), ex);
			}
			throw new BakeRefusedException(name + ": " + ex.getMessage(), ex);
		}
	}

	private static ImageName repository(String name) {
		String plain = name.substring("oci://".length());
		if (!FORM.matcher(plain).matches()) {
			throw new BakeRefusedException(
					"'" + name + "' is not a repository of a registry, such as oci://registry.example.com/charts/app");
		}
		int slash = plain.indexOf('/');
		ImageName host = ImageName.parse(plain);
		boolean hub = host.host().equals("docker.io");
		return hub ? host : new ImageName(plain.substring(0, slash), plain.substring(slash + 1), "", "");
	}

	/**
	 * Only what the cache does not have is asked of the host, and only of an allowed one.
	 */
	private void requireHost(String name, String host) throws IOException {
		if (!this.registries.knows(host)) {
			throw new BakeRefusedException(name + ": " + host
					+ " is not a registry that charts may come from; an operator can list it under gennaker.registries");
		}
		String address = this.registries.address(host).getHost();
		if (address != null) {
			AllowedHosts.checkAddress(name, address);
		}
	}

	private byte[] pinned(String name, ImageName repository, String digest) throws IOException {
		if (!Sha256.isDigest(digest)) {
			throw new BakeRefusedException(name + ": '" + digest + "' is not 'sha256:' and 64 hexadecimal digits");
		}
		Optional<byte[]> kept = this.cache.find(digest);
		if (kept.isPresent()) {
			return kept.get();
		}
		requireHost(name, repository.host());
		byte[] manifest = this.registries.manifest(repository, digest)
			.orElseThrow(() -> new BakeRefusedException(
					name + ": " + repository.host() + " has no " + repository.path() + "@" + digest));
		return verified(name, repository, digest, manifest);
	}

	private byte[] tagged(String name, ImageName repository, String version) throws IOException {
		requireHost(name, repository.host());
		if (Version.parse(version).isPresent()) {
			Optional<byte[]> manifest = this.registries.manifest(repository, tag(version));
			if (manifest.isPresent()) {
				this.cache.keep(manifest.get());
				return manifest.get();
			}
		}
		VersionChoice.range(name, version);
		List<String> versions = this.registries.tags(repository).stream().map((tag) -> tag.replace('_', '+')).toList();
		if (versions.isEmpty()) {
			throw new BakeRefusedException(name + ": " + repository.host() + " has no repository " + repository.path()
					+ ", or nothing in it; check its name");
		}
		String chosen = VersionChoice.of(name, version, versions);
		byte[] manifest = this.registries.manifest(repository, tag(chosen))
			.orElseThrow(() -> new SourceUnavailableException(
					name + ": " + repository.host() + " lists the tag " + tag(chosen) + " and does not have it", null));
		this.cache.keep(manifest);
		return manifest;
	}

	/** A tag cannot hold a plus sign; Helm writes an underscore. */
	private static String tag(String version) {
		return version.replace('+', '_');
	}

	private SourceContent archive(String name, ImageName repository, byte[] manifest) throws IOException {
		Layer layer = layer(name, manifest);
		byte[] archive = layer(name, repository, layer);
		String file = repository.path().substring(repository.path().lastIndexOf('/') + 1);
		return SourceContent.archive(SourceNames.file(file) + ".tgz", archive, Sha256.of(manifest));
	}

	private byte[] layer(String name, ImageName repository, Layer layer) throws IOException {
		Optional<byte[]> kept = this.cache.find(layer.digest());
		if (kept.isPresent()) {
			return kept.get();
		}
		if (layer.size() > this.archiveLimit) {
			throw new BakeRefusedException(
					name + " is larger than " + this.archiveLimit / 1024 + " KiB, which is the limit");
		}
		requireHost(name, repository.host());
		byte[] archive = this.registries.blob(repository, layer.digest(), this.archiveLimit)
			.orElseThrow(() -> new BakeRefusedException(
					name + ": " + repository.host() + " has no blob " + layer.digest() + ", which its manifest names"));
		return verified(name, repository, layer.digest(), archive);
	}

	private byte[] verified(String name, ImageName repository, String digest, byte[] content) throws IOException {
		String found = Sha256.of(content);
		if (!found.equals(digest)) {
			throw new BakeRefusedException(name + ": " + repository.host() + " gave " + found + " where " + digest
					+ " was asked for; it is damaged, or someone tampers with it");
		}
		this.cache.keep(content);
		return content;
	}

	private static Layer layer(String name, byte[] manifest) {
		JsonNode json;
		try {
			json = JSON.readTree(manifest);
		}
		catch (JsonProcessingException ex) {
			throw new BakeRefusedException(name + ": its manifest is not JSON", ex);
		}
		catch (IOException ex) {
			throw new BakeRefusedException(name + ": its manifest cannot be read", ex);
		}
		String config = json.path("config").path("mediaType").asText("");
		for (JsonNode layer : json.path("layers")) {
			if (layer.path("mediaType").asText("").equals(ARCHIVE)
					&& Sha256.isDigest(layer.path("digest").asText(""))) {
				return new Layer(layer.path("digest").asText(), layer.path("size").asLong(0));
			}
		}
		throw new BakeRefusedException(name + " is not a chart: its manifest has no layer " + ARCHIVE
				+ (config.isEmpty() || config.equals(CONFIG) ? "" : ", and its configuration is " + config));
	}

	/**
	 * Where the archive is.
	 */
	private record Layer(String digest, long size) {
	}

}
