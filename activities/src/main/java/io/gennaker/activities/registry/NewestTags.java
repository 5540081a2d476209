package io.gennaker.activities.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.gennaker.pipelines.image.ImageName;
import org.jspecify.annotations.Nullable;

/**
 * Lists a repository's tags, newest first. The times of images stand in their
 * configurations, which cost several calls each: so they are looked up for a bounded
 * number of tags, those that count highest, several at once, and kept by digest.
 */
final class NewestTags {

	private static final int PAGE = 1000;

	private static final int TAGS = 20_000;

	private static final int LOOK_UPS = 100;

	private static final int AT_ONCE = 8;

	private static final int KEPT = 5000;

	private static final int INDEXES = 3;

	private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

	private static final Comparator<ImageRegistry.Tag> NEWEST_FIRST = Comparator
		.comparing(ImageRegistry.Tag::created, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
		.thenComparing(ImageRegistry.Tag::name, new NaturalOrder())
		.reversed();

	private final RegistryCalls calls;

	private final ImageRegistry registry;

	private final Map<String, Optional<Instant>> created = Collections.synchronizedMap(new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Optional<Instant>> eldest) {
			return size() > KEPT;
		}

	});

	NewestTags(RegistryCalls calls, ImageRegistry registry) {
		this.calls = calls;
		this.registry = registry;
	}

	List<ImageRegistry.Tag> tags(String image, int limit) throws IOException {
		ImageName name = ImageName.parse(image);
		List<String> candidates = names(name).stream()
			.sorted(new NaturalOrder().reversed())
			.limit(Math.max(limit, LOOK_UPS))
			.toList();
		return lookUp(image, name, candidates).stream().sorted(NEWEST_FIRST).limit(limit).toList();
	}

	/**
	 * All tags in the registry's order; none for a repository that is not there.
	 */
	SequencedSet<String> names(ImageName name) throws IOException {
		SequencedSet<String> names = new LinkedHashSet<>();
		URI page = this.calls.uri(name, "tags/list?n=" + PAGE);
		while (page != null && names.size() < TAGS) {
			HttpResponse<byte[]> response = this.calls.call("GET", name, page);
			if (response.statusCode() == 404) {
				return names;
			}
			int before = names.size();
			this.calls.json(name, response).path("tags").forEach((tag) -> names.add(tag.asText()));
			page = (names.size() > before) ? next(name, page, response) : null;
		}
		return names;
	}

	private static @Nullable URI next(ImageName name, URI page, HttpResponse<byte[]> response)
			throws RegistryException {
		for (String link : response.headers().allValues("Link")) {
			Matcher matcher = NEXT.matcher(link);
			if (matcher.find()) {
				URI next = resolve(name, page, matcher.group(1));
				if (!next.getRawAuthority().equalsIgnoreCase(page.getRawAuthority())
						|| !next.getScheme().equalsIgnoreCase(page.getScheme())) {
					throw new RegistryException(name.host(), 200, "its next page of tags is on another host");
				}
				return next;
			}
		}
		return null;
	}

	private static URI resolve(ImageName name, URI page, String link) throws RegistryException {
		try {
			URI next = page.resolve(link);
			if (next.getRawAuthority() != null && next.getScheme() != null) {
				return next;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new RegistryException(name.host(), "its next page of tags has no address", ex);
		}
		throw new RegistryException(name.host(), 200, "its next page of tags has no address");
	}

	private List<ImageRegistry.Tag> lookUp(String image, ImageName name, List<String> tags) throws IOException {
		List<ImageRegistry.Tag> found = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
			List<Future<Optional<ImageRegistry.Tag>>> results = tags.stream()
				.map((tag) -> threads.submit(() -> lookUp(image, name, tag)))
				.toList();
			try {
				for (Future<Optional<ImageRegistry.Tag>> result : results) {
					result.get().ifPresent(found::add);
				}
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof IOException io) ? io : new IOException(ex.getCause());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new RegistryException(name.host(), "the look-up was interrupted", ex);
			}
			finally {
				threads.shutdownNow();
			}
		}
		return found;
	}

	/** A tag that went in between is left out. */
	private Optional<ImageRegistry.Tag> lookUp(String image, ImageName name, String tag) throws IOException {
		Optional<String> digest = this.registry.digest(image, tag);
		if (digest.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new ImageRegistry.Tag(tag, digest.get(), created(name, digest.get()).orElse(null)));
	}

	private Optional<Instant> created(ImageName name, String digest) throws IOException {
		Optional<Instant> known = this.created.get(digest);
		if (known == null) {
			known = Optional.ofNullable(readCreated(name, digest, INDEXES));
			this.created.put(digest, known);
		}
		return known;
	}

	private @Nullable Instant readCreated(ImageName name, String digest, int indexes) throws IOException {
		HttpResponse<byte[]> manifest = this.calls.call("GET", name, "manifests/" + digest);
		if (manifest.statusCode() == 404 || indexes == 0) {
			return null;
		}
		JsonNode json = this.calls.json(name, manifest);
		String platform = firstImage(json.path("manifests"));
		if (!platform.isEmpty()) {
			return readCreated(name, platform, indexes - 1);
		}
		String config = json.path("config").path("digest").asText("");
		if (config.isEmpty()) {
			return null;
		}
		HttpResponse<byte[]> blob = this.calls.call("GET", name, "blobs/" + config);
		return (blob.statusCode() == 404) ? null : time(this.calls.json(name, blob).path("created").asText(""));
	}

	/** Attestations are listed like images, of an unknown platform. */
	private static String firstImage(JsonNode manifests) {
		for (JsonNode manifest : manifests) {
			if (!manifest.path("platform").path("os").asText("").equals("unknown")) {
				return manifest.path("digest").asText("");
			}
		}
		return "";
	}

	private static @Nullable Instant time(String text) {
		try {
			return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
