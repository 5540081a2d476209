package io.gennaker.workflows.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gennaker.workflows.rollout.GroupRequest;
import io.gennaker.workflows.rollout.GroupResult;
import io.gennaker.workflows.rollout.ObsoleteObject;
import io.gennaker.workflows.rollout.Occasion;
import io.gennaker.workflows.rollout.PruneRequest;
import io.gennaker.workflows.rollout.PruneResult;
import io.gennaker.workflows.rollout.RolloutActivities;
import io.gennaker.workflows.rollout.RolloutPlan;
import io.gennaker.workflows.rollout.RolloutRequest;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;

/**
 * Clusters in memory that take what is applied to them, and can be told to refuse, fail
 * or hold a group of components. A group is named by its title.
 */
final class FakeClusters implements RolloutActivities {

	/** What the digests of earlier manifests begin with: those are never refused. */
	static final String EARLIER = "sha256:earlier-";

	private final List<String> done = new ArrayList<>();

	private final Map<String, ApplicationFailure> refusals = new ConcurrentHashMap<>();

	private final Map<String, ApplicationFailure> unhealthy = new ConcurrentHashMap<>();

	private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

	private final Map<String, Integer> outages = new HashMap<>();

	private final Map<String, List<ObsoleteObject>> obsolete = new ConcurrentHashMap<>();

	private final Map<String, Integer> plans = new HashMap<>();

	private final Set<String> underWay = new HashSet<>();

	/** By what the places were held when they were changed, by cluster. */
	final Map<String, Long> tokens = new ConcurrentHashMap<>();

	private int mostUnderWay;

	void refuse(String cluster, String group, String words) {
		this.refusals.put(cluster + " " + group,
				ApplicationFailure.newNonRetryableFailure(words, Failures.ROLLOUT_REFUSED));
	}

	/**
	 * Refuses a group on the way back.
	 */
	void refuseBack(String cluster, String group, String words) {
		this.refusals.put("back: " + cluster + " " + group,
				ApplicationFailure.newNonRetryableFailure(words, Failures.ROLLOUT_REFUSED));
	}

	void sicken(String cluster, String group, String words) {
		this.unhealthy.put(cluster + " " + group, ApplicationFailure.newNonRetryableFailure(words, Failures.UNHEALTHY));
	}

	/**
	 * Leaves an object there that no release brings any more.
	 */
	void leave(String cluster, String kind, String name) {
		this.obsolete.put(cluster, List.of(new ObsoleteObject(90, "v1", kind, "classroom", name, "", "uid")));
	}

	/**
	 * Takes back what it was told to refuse or to be sick of.
	 */
	void heal(String cluster) {
		this.refusals.keySet().removeIf((place) -> place.startsWith(cluster + " "));
		this.unhealthy.keySet().removeIf((place) -> place.startsWith(cluster + " "));
	}

	/**
	 * Keeps a group from becoming healthy until it is let go.
	 */
	void hold(String cluster, String group) {
		this.held.put(cluster + " " + group, new CountDownLatch(1));
	}

	void letGo(String cluster, String group) {
		this.held.get(cluster + " " + group).countDown();
	}

	/**
	 * Lets the next attempts to plan fail as a cluster does that is not reached.
	 */
	synchronized void silence(String cluster, int attempts) {
		this.outages.put(cluster, attempts);
	}

	/**
	 * How often somebody tried to read the manifests of a cluster.
	 */
	synchronized int plans(String cluster) {
		return this.plans.getOrDefault(cluster, 0);
	}

	@Override
	public RolloutPlan plan(RolloutRequest request) {
		synchronized (this) {
			this.plans.merge(request.cluster().name(), 1, Integer::sum);
			int left = this.outages.merge(request.cluster().name(), -1, Integer::sum);
			if (left >= 0) {
				throw new IllegalStateException("connection refused");
			}
		}
		List<RolloutPlan.Group> groups = new ArrayList<>();
		groups.add(new RolloutPlan.Group(0, List.of(), 2));
		request.order().forEach((components) -> groups.add(new RolloutPlan.Group(groups.size(), components, 3)));
		return new RolloutPlan(groups, Occasion.UPGRADE,
				this.obsolete.getOrDefault(request.cluster().name(), List.of()));
	}

	@Override
	public GroupResult apply(GroupRequest request) {
		String place = place(request);
		begin(request);
		this.tokens.put(request.rollout().cluster().name(), request.rollout().token());
		refuse(this.refusals.get(back(request) + place));
		note(back(request) + "apply " + place);
		return new GroupResult(1, 1);
	}

	@Override
	public GroupResult awaitHealthy(GroupRequest request) {
		String place = place(request);
		refuse(this.unhealthy.get(back(request) + place));
		CountDownLatch latch = back(request).isEmpty() ? this.held.get(place) : null;
		while (latch != null && !released(latch)) {
			Activity.getExecutionContext().heartbeat(place);
		}
		note(back(request) + "healthy " + place);
		if (request.group() == request.rollout().order().size()) {
			left(request);
		}
		return new GroupResult(1, 0);
	}

	@Override
	public PruneResult prune(PruneRequest request) {
		String cluster = request.rollout().cluster().name();
		String back = request.rollout().back() ? "back: " : "";
		request.objects().forEach((object) -> {
			refuse(this.refusals.get(back + cluster + " " + object.title()));
			note(back + "delete " + cluster + " " + object.title());
		});
		return new PruneResult(request.objects().size(), 0);
	}

	private static boolean released(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String back(GroupRequest request) {
		return request.rollout().manifests().startsWith(EARLIER) ? "back: " : "";
	}

	private static void refuse(ApplicationFailure failure) {
		if (failure != null) {
			throw failure;
		}
	}

	private synchronized void begin(GroupRequest request) {
		this.underWay.add(request.rollout().cluster().name());
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay.size());
	}

	private synchronized void left(GroupRequest request) {
		this.underWay.remove(request.rollout().cluster().name());
	}

	synchronized int mostUnderWay() {
		return this.mostUnderWay;
	}

	private synchronized void note(String what) {
		this.done.add(what);
	}

	/**
	 * What was done, in order, such as {@code apply beijing api}.
	 */
	synchronized List<String> done() {
		return List.copyOf(this.done);
	}

	boolean touched(String cluster) {
		return done().stream().anyMatch((what) -> what.contains(" " + cluster + " "));
	}

	private static String place(GroupRequest request) {
		List<List<String>> order = request.rollout().order();
		String title = (request.group() == 0) ? "shared" : String.join(", ", order.get(request.group() - 1));
		return request.rollout().cluster().name() + " " + title;
	}

}
