package io.gennaker.activities.rollout.manifest;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.gennaker.workflows.rollout.Occasion;

/**
 * What Helm's annotations say of an object that is not part of a release but is run
 * before or after it, such as a database migration.
 *
 * @param moment when it runs
 * @param occasion what it runs at
 * @param weight lower ones run first
 * @param deletion when it is deleted
 * @see <a href="https://helm.sh/docs/topics/charts_hooks/">Helm's chart hooks</a>
 */
public record Hook(Moment moment, Occasion occasion, int weight, Set<Deletion> deletion) {

	private static final Set<String> ELSEWHERE = Set.of("test", "test-success", "test-failure", "pre-delete",
			"post-delete");

	/**
	 * When a hook runs.
	 */
	public enum Moment {

		/** Before the release's first object. */
		BEFORE("pre-"),
		/** Once the whole release is healthy. */
		AFTER("post-");

		private final String prefix;

		Moment(String prefix) {
			this.prefix = prefix;
		}

		/**
		 * In Helm's words, such as {@code pre-upgrade}.
		 */
		public String title(Occasion occasion) {
			return this.prefix + occasion.name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * When a hook's object is deleted.
	 */
	public enum Deletion {

		/** What an earlier run left is deleted before it runs. */
		BEFORE_CREATION,
		/** Once it has succeeded. */
		SUCCEEDED,
		/** Once it has failed. */
		FAILED

	}

	/**
	 * Whether an object is a hook of any sort.
	 */
	static boolean marks(Manifest manifest) {
		return !manifest.annotation("helm.sh/hook").isEmpty() && !phases(manifest).contains("crd-install");
	}

	/**
	 * The hooks that an object is in a rollout: none for tests and for what runs on other
	 * occasions; two for one that runs before and after.
	 * @throws ManifestException if its annotations cannot be followed
	 */
	static List<Hook> of(Manifest manifest, Occasion occasion) {
		Set<String> phases = phases(manifest);
		return Arrays.stream(Moment.values())
			.filter((moment) -> phases.contains(moment.title(occasion)))
			.map((moment) -> new Hook(moment, occasion, weight(manifest), deletion(manifest)))
			.toList();
	}

	/**
	 * Its point in Helm's words, such as {@code pre-upgrade}.
	 */
	public String title() {
		return this.moment.title(this.occasion);
	}

	private static Set<String> phases(Manifest manifest) {
		Set<String> phases = words(manifest, "helm.sh/hook");
		Optional<String> unknown = phases.stream()
			.filter((phase) -> !ELSEWHERE.contains(phase)
					&& !phase.matches("(pre|post)-(install|upgrade|rollback)|crd-install"))
			.findFirst();
		unknown.ifPresent((phase) -> {
			throw new ManifestException(manifest.title() + " has an unknown helm.sh/hook: " + phase);
		});
		return phases;
	}

	static int weight(Manifest manifest) {
		String weight = manifest.annotation("helm.sh/hook-weight");
		try {
			return weight.isEmpty() ? 0 : Integer.parseInt(weight.strip());
		}
		catch (NumberFormatException ex) {
			throw new ManifestException(manifest.title() + " has a helm.sh/hook-weight that is no number: " + weight);
		}
	}

	private static Set<Deletion> deletion(Manifest manifest) {
		Set<String> words = words(manifest, "helm.sh/hook-delete-policy");
		if (words.isEmpty()) {
			return Set.of(Deletion.BEFORE_CREATION);
		}
		return words.stream().map((word) -> switch (word) {
			case "before-hook-creation" -> Deletion.BEFORE_CREATION;
			case "hook-succeeded" -> Deletion.SUCCEEDED;
			case "hook-failed" -> Deletion.FAILED;
			default ->
				throw new ManifestException(manifest.title() + " has an unknown helm.sh/hook-delete-policy: " + word);
		}).collect(Collectors.toUnmodifiableSet());
	}

	private static Set<String> words(Manifest manifest, String annotation) {
		return Arrays.stream(manifest.annotation(annotation).split(","))
			.map(String::strip)
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
