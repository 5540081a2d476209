package io.gennaker.activities.bake.origin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All layers of one release's values. What comes of them only Helm knows; this tells who
 * said what.
 */
public final class ValueOrigins {

	private static final String GLOBAL = "global";

	private final List<LayerTree> highestFirst;

	private ValueOrigins(List<LayerTree> highestFirst) {
		this.highestFirst = highestFirst;
	}

	/**
	 * The origins in some layers.
	 * @param lowestFirst the layers, those of subcharts before those of their parents
	 */
	public static ValueOrigins of(List<Layer> lowestFirst) {
		return new ValueOrigins(lowestFirst.reversed().stream().map(LayerTree::of).toList());
	}

	/**
	 * Who gives a key, the highest layer first. What a subchart sees as its
	 * {@code global} is first its parent's.
	 */
	public List<Given> givers(List<String> path) {
		List<Given> givers = new ArrayList<>();
		int global = path.indexOf(GLOBAL);
		if (global > 0) {
			givers.addAll(exact(path.subList(global, path.size())));
		}
		givers.addAll(exact(path));
		return givers;
	}

	private List<Given> exact(List<String> path) {
		List<Given> givers = new ArrayList<>();
		for (LayerTree layer : this.highestFirst) {
			Given given = layer.at(path);
			if (given != null) {
				givers.add(given);
			}
		}
		return givers;
	}

	/**
	 * Who takes a key away, or what it stands in, by null; the highest layer first.
	 */
	public Optional<Given> remover(List<String> path) {
		for (LayerTree layer : this.highestFirst) {
			for (int length = path.size(); length > 0; length--) {
				Given given = layer.at(path.subList(0, length));
				if (given != null && given.nothing()) {
					return Optional.of(given);
				}
			}
		}
		return Optional.empty();
	}

	/**
	 * Who gave a key last, or the nearest that it stands in.
	 */
	public Optional<Given> nearest(List<String> path) {
		for (int length = path.size(); length > 0; length--) {
			List<Given> givers = givers(path.subList(0, length));
			if (!givers.isEmpty()) {
				return Optional.of(givers.getFirst());
			}
		}
		return Optional.empty();
	}

	/**
	 * The keys of everything that any layer gives, but for mappings.
	 */
	public Set<List<String>> paths() {
		Set<List<String>> paths = new LinkedHashSet<>();
		this.highestFirst.reversed().forEach((layer) -> layer.addPaths(paths));
		return paths;
	}

	/**
	 * A key as people write it: names with dots between, and a backslash before a dot
	 * that is part of a name.
	 */
	public static String dotted(List<String> path) {
		return String.join(".", path.stream().map((name) -> name.replace(".", "\\.")).toList());
	}

}
