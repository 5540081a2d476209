package io.gennaker.pipelines.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.Pacing;
import io.gennaker.pipelines.model.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters of a deploy go together, and which groups of them must be done before.
 *
 * @param groups each after all that it waits for
 * @param chain whether each group waits for the one before it alone: waves, one after the
 * other
 */
public record ClusterOrder(List<Group> groups, boolean chain) {

	/** The name of the group that the canary cluster is. */
	public static final String CANARY = "canary cluster";

	public ClusterOrder {
		groups = List.copyOf(groups);
	}

	/**
	 * The order in which a deploy goes to some clusters. Names that are not among them
	 * are left out; what waits for one of these waits for what that one waits for.
	 * @throws IllegalArgumentException for a deploy that the reader would refuse, because
	 * a group waits for itself
	 */
	public static ClusterOrder of(Stage.Deploy deploy, List<Cluster> clusters) {
		Pacing pacing = deploy.pacing();
		String canary = pacing.canaryCluster();
		List<Cluster> first = clusters.stream().filter(cluster -> cluster.name().equals(canary)).toList();
		List<Cluster> others = clusters.stream().filter(cluster -> !first.contains(cluster)).toList();
		if (pacing.after().isEmpty()) {
			return chain(first, pacing.by(), others, deploy.waves());
		}
		List<Group> groups = new ArrayList<>();
		first.forEach(cluster -> groups.add(new Group(CANARY, 0, first, List.of())));
		groups.addAll(graph(pacing, others));
		return new ClusterOrder(placed(groups, !first.isEmpty()), false);
	}

	private static ClusterOrder chain(List<Cluster> canary, @Nullable String by, List<Cluster> others,
			List<List<String>> listed) {
		Map<String, List<Cluster>> named = new LinkedHashMap<>();
		if (!canary.isEmpty()) {
			named.put(CANARY, canary);
		}
		if (by != null) {
			byLabel(by, others).forEach((value, group) -> named.put(name(by, value), group));
		}
		else {
			for (List<Cluster> wave : ClusterPlan.listed(listed, others)) {
				named.put("wave " + (named.size() + 1), wave);
			}
		}
		List<Group> groups = new ArrayList<>();
		named.forEach((name, group) -> groups.add(new Group(name, groups.size(), group,
				groups.isEmpty() ? List.of() : List.of(groups.getLast().name()))));
		return new ClusterOrder(groups, true);
	}

	/** Those without the label come last, under an empty name. */
	private static Map<String, List<Cluster>> byLabel(String by, List<Cluster> clusters) {
		Map<String, List<Cluster>> groups = new LinkedHashMap<>();
		List<Cluster> without = new ArrayList<>();
		for (Cluster cluster : clusters) {
			String value = ClusterPlan.label(cluster, by);
			((value != null) ? groups.computeIfAbsent(value, _ -> new ArrayList<>()) : without).add(cluster);
		}
		if (!without.isEmpty()) {
			groups.merge("", without, (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
		}
		return groups;
	}

	private static String name(String by, String value) {
		return value.isEmpty() ? "without " + by : by + " " + value;
	}

	private static List<Group> graph(Pacing pacing, List<Cluster> clusters) {
		String by = pacing.by();
		Map<String, List<Cluster>> members = new LinkedHashMap<>();
		if (by != null) {
			members.putAll(byLabel(by, clusters));
		}
		else {
			clusters.forEach(cluster -> members.put(cluster.name(), List.of(cluster)));
		}
		List<Group> groups = new ArrayList<>();
		members.forEach((name, group) -> {
			Set<String> before = name.isEmpty() ? new LinkedHashSet<>(members.keySet())
					: before(name, pacing.after(), members.keySet());
			before.remove("");
			groups.add(new Group((by != null) ? name(by, name) : name, 0, group,
					before.stream().map(other -> (by != null) ? name(by, other) : other).toList()));
		});
		return groups;
	}

	/** What a group waits for, of what there is. */
	private static Set<String> before(String name, Map<String, List<String>> after, Set<String> known) {
		Set<String> found = new LinkedHashSet<>();
		Set<String> seen = new LinkedHashSet<>();
		List<String> open = new ArrayList<>(after.getOrDefault(name, List.of()));
		while (!open.isEmpty()) {
			String other = open.removeFirst();
			if (seen.add(other)) {
				if (known.contains(other)) {
					found.add(other);
				}
				else {
					open.addAll(after.getOrDefault(other, List.of()));
				}
			}
		}
		return found;
	}

	/**
	 * The groups in an order that can be gone through, each with its wave.
	 * @param canary whether the first goes before all others
	 */
	private static List<Group> placed(List<Group> groups, boolean canary) {
		List<Group> open = new ArrayList<>(groups);
		Map<String, Group> placed = new LinkedHashMap<>();
		while (!open.isEmpty()) {
			Set<String> here = Set.copyOf(placed.keySet());
			List<Group> next = open.stream().filter(group -> here.containsAll(group.after())).toList();
			if (next.isEmpty()) {
				throw new IllegalArgumentException(open.getFirst().name() + " waits for itself");
			}
			if (canary && placed.isEmpty()) {
				next = List.of(groups.getFirst());
			}
			open.removeAll(next);
			for (Group group : next) {
				boolean leads = group.after().isEmpty() && canary && !placed.isEmpty();
				List<String> after = leads ? List.of(groups.getFirst().name()) : group.after();
				int wave = after.stream()
					.mapToInt(name -> Objects.requireNonNull(placed.get(name)).wave() + 1)
					.max()
					.orElse(0);
				placed.put(group.name(), new Group(group.name(), wave, group.clusters(), after));
			}
		}
		return List.copyOf(placed.values());
	}

	/**
	 * The clusters by wave, counted from 0: each wave comes after all that its clusters
	 * wait for.
	 */
	public List<List<Cluster>> waves() {
		Map<Integer, List<Cluster>> waves = new TreeMap<>();
		this.groups
			.forEach(group -> waves.computeIfAbsent(group.wave(), _ -> new ArrayList<>()).addAll(group.clusters()));
		return waves.values().stream().map(List::copyOf).toList();
	}

	/**
	 * The group that a cluster belongs to.
	 * @throws IllegalArgumentException if there is none
	 */
	public Group groupOf(String cluster) {
		return this.groups.stream()
			.filter(group -> group.clusters().stream().anyMatch(member -> member.name().equals(cluster)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + cluster + "' is in no group"));
	}

	/**
	 * The groups that one waits for.
	 */
	public List<Group> before(Group group) {
		return this.groups.stream().filter(other -> group.after().contains(other.name())).toList();
	}

	/**
	 * Clusters that go together.
	 *
	 * @param name unique, in words for people, such as {@code region beijing}; that of
	 * its cluster where clusters are ordered one by one
	 * @param wave how many groups come before it at least, one after the other
	 * @param clusters at least one
	 * @param after the names of the groups that must be done before
	 */
	public record Group(String name, int wave, List<Cluster> clusters, List<String> after) {
		public Group {
			clusters = List.copyOf(clusters);
			after = List.copyOf(after);
		}
	}

}
