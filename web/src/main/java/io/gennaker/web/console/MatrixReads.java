package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.console.Matrix.Cell;
import io.gennaker.web.console.Matrix.Row;
import io.gennaker.web.execution.ExecutionDetail;
import io.gennaker.web.execution.ExecutionReads;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.release.Drift;
import io.gennaker.web.release.DriftReads;
import io.gennaker.web.release.Release;
import io.gennaker.web.release.ReleaseReads;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts together what runs where and what is on its way there.
 */
@Component
class MatrixReads {

	private final Inventory inventory;

	private final ReleaseReads releases;

	private final DriftReads drift;

	private final ExecutionReads executions;

	MatrixReads(Inventory inventory, ReleaseReads releases, DriftReads drift, ExecutionReads executions) {
		this.drift = drift;
		this.inventory = inventory;
		this.releases = releases;
		this.executions = executions;
	}

	/**
	 * The matrix of the clusters whose name or region holds a text.
	 * @param text in lower case; empty for all
	 * @param after the rows go on after this cluster; null for the first
	 * @param limit how many clusters at most
	 */
	Matrix read(String text, @Nullable String after, int limit) {
		return read(regions(text), after, limit);
	}

	private Matrix read(Map<String, String> regions, @Nullable String after, int limit) {
		List<String> names = new ArrayList<>(regions.keySet());
		List<String> rest = names.subList((after != null) ? names.indexOf(after) + 1 : 0, names.size());
		List<String> shown = rest.subList(0, Math.min(limit, rest.size()));
		Map<Place, Release> running = running(shown);
		Map<Drift.Place, Drift.Standing> standings = this.drift.all();
		Map<Place, Release.Underway> underway = underway(shown);
		Map<UUID, Bindings> bindings = bindings(underway.values().stream().map(Release.Underway::executionId).toList());
		Set<String> components = new LinkedHashSet<>();
		List<Row> rows = new ArrayList<>();
		for (String cluster : shown) {
			List<Row> found = rows(cluster, regions.getOrDefault(cluster, ""), running, standings, underway, bindings);
			found.forEach((row) -> components.addAll(row.cells().keySet()));
			rows.addAll(found);
		}
		return new Matrix(List.copyOf(components), rows, (shown.size() < rest.size()) ? shown.getLast() : null);
	}

	/**
	 * The matrix of one cluster.
	 */
	Matrix of(String cluster) {
		return read(regions("").entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equals(cluster))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)), null, 1);
	}

	private Map<String, String> regions(String text) {
		Map<String, String> regions = new LinkedHashMap<>();
		for (Cluster cluster : this.inventory.clusters()) {
			if (cluster.name().contains(text) || cluster.region().toLowerCase(java.util.Locale.ROOT).contains(text)) {
				regions.put(cluster.name(), cluster.region());
			}
		}
		Set<String> known = new LinkedHashSet<>(this.inventory.clusters().stream().map(Cluster::name).toList());
		this.releases.current()
			.stream()
			.map(Release::cluster)
			.filter((cluster) -> !known.contains(cluster) && cluster.contains(text))
			.forEach((cluster) -> regions.put(cluster, ""));
		return regions;
	}

	private Map<Place, Release> running(List<String> clusters) {
		Map<Place, Release> places = new HashMap<>();
		for (Release release : this.releases.current()) {
			if (clusters.contains(release.cluster())) {
				places.put(new Place(release.cluster(), release.namespace(), release.release()), release);
			}
		}
		return places;
	}

	private Map<Place, Release.Underway> underway(List<String> clusters) {
		Map<Place, Release.Underway> places = new HashMap<>();
		for (Release.Underway rollout : this.releases.underway()) {
			if (clusters.contains(rollout.cluster())) {
				places.put(new Place(rollout.cluster(), rollout.namespace(), rollout.release()), rollout);
			}
		}
		return places;
	}

	private Map<UUID, Bindings> bindings(List<UUID> executions) {
		Map<UUID, Bindings> bindings = new HashMap<>();
		for (UUID id : Set.copyOf(executions)) {
			Bindings bound = this.executions.find(id).map(ExecutionDetail::bindings).orElse(null);
			if (bound != null) {
				bindings.put(id, bound);
			}
		}
		return bindings;
	}

	private static List<Row> rows(String cluster, String region, Map<Place, Release> running,
			Map<Drift.Place, Drift.Standing> standings, Map<Place, Release.Underway> underway,
			Map<UUID, Bindings> bindings) {
		Map<String, Place> places = new TreeMap<>();
		running.keySet().forEach((place) -> places.put(place.sortKey(), place));
		underway.keySet().forEach((place) -> places.put(place.sortKey(), place));
		List<Row> rows = new ArrayList<>();
		for (Place place : places.values()) {
			if (place.cluster().equals(cluster)) {
				Release release = running.get(place);
				Release.Underway rollout = underway.get(place);
				Bindings bound = (rollout != null) ? bindings.get(rollout.executionId()) : null;
				rows.add(new Row(cluster, region, place.namespace(), place.name(), release,
						standings.get(new Drift.Place(cluster, place.namespace(), place.name())), rollout,
						cells(release, (bound != null) ? bound.in(cluster) : Map.of())));
			}
		}
		return rows.isEmpty() ? List.of(new Row(cluster, region, "", "", null, null, null, Map.of())) : rows;
	}

	private static Map<String, Cell> cells(@Nullable Release release, Map<String, BoundArtifact> coming) {
		Map<String, BoundArtifact> running = (release != null) ? release.artifacts() : Map.of();
		Set<String> components = new java.util.TreeSet<>(running.keySet());
		components.addAll(coming.keySet());
		Map<String, Cell> cells = new LinkedHashMap<>();
		for (String component : components) {
			BoundArtifact now = running.get(component);
			BoundArtifact next = coming.get(component);
			boolean same = now != null && next != null && now.digest().equals(next.digest());
			cells.put(component, new Cell(now, same ? null : next));
		}
		return cells;
	}

	private record Place(String cluster, String namespace, String name) {

		String sortKey() {
			return this.cluster + "\0" + this.namespace + "\0" + this.name;
		}

	}

}
