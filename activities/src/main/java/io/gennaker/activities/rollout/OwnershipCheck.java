package io.gennaker.activities.rollout;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.activities.rollout.manifest.Manifest;
import io.gennaker.activities.rollout.manifest.ManifestException;
import io.gennaker.activities.rollout.manifest.PlacedObject;
import io.gennaker.activities.rollout.manifest.ReleaseIdentity;
import io.gennaker.activities.rollout.ownership.FieldManagers;
import io.gennaker.activities.rollout.ownership.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, before anything is applied, to change what belongs to others.
 */
final class OwnershipCheck {

	private static final int MAX_LISTED = 50;

	private final ReleaseIdentity release;

	private final boolean adopt;

	OwnershipCheck(ReleaseIdentity release, boolean adopt) {
		this.release = release;
		this.adopt = adopt;
	}

	/**
	 * Whose an object is, where the release may not change it; null where it may.
	 * @param live the object, or its metadata; null where there is none
	 */
	@Nullable Owner obstacle(PlacedObject object, @Nullable Manifest live) {
		if (live == null || object.role() instanceof PlacedObject.Role.ReleaseNamespace) {
			return null;
		}
		return switch (Owner.of(live, this.release)) {
			case Owner.Ours _, Owner.Shared _ -> null;
			case Owner.OtherRelease other -> other;
			case Owner.Foreign foreign -> (this.adopt || isLeftOfHook(object, live)) ? null : foreign;
		};
	}

	/**
	 * What a hook of Helm's left is deleted before the hook's next run, whoever runs it.
	 */
	private static boolean isLeftOfHook(PlacedObject object, Manifest live) {
		return object.role() instanceof PlacedObject.Role.HookRun && !live.annotation("helm.sh/hook").isEmpty();
	}

	/**
	 * Refuses a release of which an object is not its to change.
	 * @throws ManifestException naming each object with its owner
	 */
	void check(List<PlacedObject> objects, ReleaseSurvey survey) {
		List<String> others = new ArrayList<>();
		List<String> foreign = new ArrayList<>();
		for (PlacedObject object : objects) {
			switch (obstacle(object, survey.metadata(object))) {
				case Owner.OtherRelease(String words) -> others.add(object.title() + ": " + words);
				case Owner.Foreign(String words) -> foreign.add(object.title() + ": " + words);
				case Owner.Ours _, Owner.Shared _ -> {
				}
				case null -> {
				}
			}
		}
		if (others.isEmpty() && foreign.isEmpty()) {
			return;
		}
		List<String> parts = new ArrayList<>();
		if (!others.isEmpty()) {
			parts.add(listed(others) + "\nNothing is taken from another release: take them out of one of the two,"
					+ " or give them other names");
		}
		if (!foreign.isEmpty()) {
			parts.add(listed(foreign) + "\nSay adopt: true on the stage to take them over");
		}
		throw new ManifestException("Objects of the release exist already and belong to others. "
				+ String.join("\n", parts) + ". Nothing was applied");
	}

	private static String listed(List<String> objects) {
		String listed = String.join("\n", objects.subList(0, Math.min(MAX_LISTED, objects.size())));
		return "\n" + listed
				+ ((objects.size() > MAX_LISTED) ? "\nand " + (objects.size() - MAX_LISTED) + " more" : "");
	}

	/**
	 * From whom the release would take an object over; null where it need not.
	 */
	@Nullable Owner former(Manifest live) {
		Owner owner = Owner.of(live, this.release);
		boolean definition = owner instanceof Owner.Shared && FieldManagers.areDeployers(live);
		return (this.adopt && (owner instanceof Owner.Foreign || definition)) ? owner : null;
	}

	/**
	 * A refusal, in words.
	 */
	static String words(Owner owner) {
		return switch (owner) {
			case Owner.OtherRelease(String words) -> refusal(words) + ", from which nothing is taken";
			case Owner.Foreign(String words) -> refusal(words) + ". Say adopt: true on the stage to take it over";
			case Owner.Ours _, Owner.Shared _ -> "";
		};
	}

	/**
	 * An owner, in words.
	 */
	static String owner(Owner owner) {
		return switch (owner) {
			case Owner.OtherRelease(String words) -> words;
			case Owner.Foreign(String words) -> words;
			case Owner.Ours _ -> "this release";
			case Owner.Shared _ -> "whoever deployed it";
		};
	}

	private static String refusal(String owner) {
		return "it exists already and belongs to " + owner;
	}

}
