package io.gennaker.activities.rollout.manifest;

import java.util.List;
import java.util.TreeMap;

/**
 * Which objects of a release come before others: by the stage's order of components, else
 * by the order that the objects give themselves.
 *
 * @param components groups of components, in the order in which a release goes forth;
 * empty where the stage gives none
 */
public record ComponentOrder(List<List<String>> components) {

	/**
	 * The annotation, or label, by which an object says when it comes: a whole number,
	 * lower ones first, 0 for objects without.
	 */
	public static final String ORDER = "gennaker.io/order";

	private static final String NUMBER = "[+-]?[0-9]{1,6}";

	public ComponentOrder {
		components = components.stream().map(List::copyOf).toList();
	}

	/**
	 * An object's place when a release goes forth; equal ones come together. One that
	 * gives itself no readable place has the place of those without.
	 */
	public int rank(Manifest object) {
		if (this.components.isEmpty()) {
			String own = own(object);
			return own.matches(NUMBER) ? Integer.parseInt(own) : 0;
		}
		String component = object.component();
		if (component.isEmpty()) {
			return 0;
		}
		for (int i = 0; i < this.components.size(); i++) {
			if (this.components.get(i).contains(component)) {
				return i + 1;
			}
		}
		return this.components.size() + 1;
	}

	/**
	 * Objects in the groups that they give themselves, lowest first.
	 * @throws ManifestException if one gives itself a place that is no number
	 */
	static TreeMap<Integer, List<Manifest>> byOwnOrder(List<Manifest> objects) {
		TreeMap<Integer, List<Manifest>> groups = new TreeMap<>();
		for (Manifest object : objects) {
			String own = own(object);
			if (!own.isEmpty() && !own.matches(NUMBER)) {
				throw new ManifestException(object.title() + " has a " + ORDER + " that is no whole number of up to"
						+ " six digits: " + own);
			}
			groups.computeIfAbsent(own.isEmpty() ? 0 : Integer.parseInt(own), (_) -> new java.util.ArrayList<>())
				.add(object);
		}
		return groups;
	}

	private static String own(Manifest object) {
		String annotation = object.annotation(ORDER).strip();
		return annotation.isEmpty() ? object.text("metadata", "labels", ORDER) : annotation;
	}

}
