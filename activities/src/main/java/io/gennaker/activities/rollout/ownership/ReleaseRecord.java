package io.gennaker.activities.rollout.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.gennaker.activities.mark.Marks;
import io.gennaker.activities.rollout.manifest.ApiKind;
import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.manifest.ReleaseLayout;

/**
 * What a release remembers of itself in its own namespace, as a ConfigMap: of which kinds
 * it ever applied objects and where, and whether it was ever there in whole. It is
 * written before the first object of a kind is applied, so that what a failed attempt
 * left is found again, by whichever worker comes next.
 *
 * @param places by kind, such as {@code Deployment.apps}, a version and the namespaces
 * @param installed whether the release was ever there in whole
 */
public record ReleaseRecord(Map<String, Place> places, boolean installed) {

	private static final String PREFIX = "gennaker.release.";

	private static final String INSTALLED = "gennaker.io/installed";

	private static final String OF = "gennaker.io/record-of";

	/** A ConfigMap as the API server serves it. */
	public static final ApiKind KIND = new ApiKind("", "v1", "ConfigMap", "configmaps", true);

	public ReleaseRecord {
		places = Map.copyOf(places);
	}

	/**
	 * What a layout's own objects add to a record.
	 */
	public static ReleaseRecord of(ReleaseLayout layout) {
		Map<String, Place> places = new TreeMap<>();
		for (PlacedObject object : layout.objects()) {
			ApiKind kind = object.kind();
			if (object.role() instanceof PlacedObject.Role.Member && !Marks.isShared(kind.kind())) {
				String key = kind.kind() + (kind.group().isEmpty() ? "" : "." + kind.group());
				Set<String> namespaces = kind.namespaced() ? Set.of(object.namespace()) : Set.of();
				places.merge(key, new Place(kind.version(), namespaces), Place::and);
			}
		}
		return new ReleaseRecord(places, false);
	}

	/**
	 * Reads what {@link #manifest} has written.
	 */
	public static ReleaseRecord read(Manifest configMap) {
		Map<String, Place> places = new TreeMap<>();
		if (configMap.at("data") instanceof Map<?, ?> data) {
			data.forEach((key, value) -> {
				List<String> words = List.of(String.valueOf(value).strip().split("\\s+"));
				places.put(String.valueOf(key),
						new Place(words.getFirst(), new TreeSet<>(words.subList(1, words.size()))));
			});
		}
		return new ReleaseRecord(places, configMap.annotation(INSTALLED).equals("true"));
	}

	/**
	 * Its ConfigMap's name and namespace, without content.
	 */
	public static Manifest reference(ReleaseIdentity release) {
		String plain = release.release();
		String name = plain.matches("[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?") ? plain
				: Marks.labelValue(plain + " ").toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
		return new Manifest(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
				Map.of("name", PREFIX + name, "namespace", release.namespace())));
	}

	/**
	 * The ConfigMap to be applied. It carries none of the labels by which the release's
	 * own objects are found.
	 */
	public Manifest manifest(ReleaseIdentity release) {
		Map<String, Object> data = new TreeMap<>();
		this.places.forEach((kind, place) -> data.put(kind, place.text()));
		return reference(release).with(data, "data")
			.with(Marks.labelValue(release.release()), "metadata", "labels", OF)
			.with("gennaker", "metadata", "labels", "app.kubernetes.io/managed-by")
			.with(Boolean.toString(this.installed), "metadata", "annotations", INSTALLED);
	}

	/**
	 * This record and what another has more.
	 */
	public ReleaseRecord and(ReleaseRecord other) {
		Map<String, Place> both = new TreeMap<>(this.places);
		other.places().forEach((kind, place) -> both.merge(kind, place, Place::and));
		return new ReleaseRecord(both, this.installed || other.installed());
	}

	/**
	 * The same record of a release that is there in whole.
	 */
	public ReleaseRecord whole() {
		return new ReleaseRecord(this.places, true);
	}

	/**
	 * Where objects of the release may be.
	 */
	public List<Sought> sought() {
		List<Sought> sought = new ArrayList<>();
		this.places.forEach((key, place) -> {
			int dot = key.indexOf('.');
			String group = (dot < 0) ? "" : key.substring(dot + 1);
			sought.add(new Sought(group, place.version(), (dot < 0) ? key : key.substring(0, dot), place.namespaces()));
		});
		return sought;
	}

	/**
	 * Where a kind's objects are.
	 *
	 * @param version the version of its API that was applied last
	 * @param namespaces empty for a kind that lives in none
	 */
	public record Place(String version, Set<String> namespaces) {

		public Place {
			namespaces = Set.copyOf(namespaces);
		}

		Place and(Place other) {
			Set<String> both = new TreeSet<>(this.namespaces);
			both.addAll(other.namespaces());
			return new Place(other.version(), both);
		}

		String text() {
			return String.join(" ", this.version, String.join(" ", new TreeSet<>(this.namespaces))).strip();
		}

	}

	/**
	 * A kind to look for.
	 *
	 * @param group the API group, empty for the core group
	 */
	public record Sought(String group, String version, String kind, Set<String> namespaces) {
	}

}
