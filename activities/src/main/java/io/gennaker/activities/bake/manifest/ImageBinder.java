package io.gennaker.activities.bake.manifest;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.gennaker.pipelines.image.ImageName;
import io.gennaker.workflows.binding.BoundArtifact;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Writes the bound digests into pod templates and into what the pipeline declares.
 */
final class ImageBinder {

	private static final Set<String> DATA_KINDS = Set.of("ConfigMap", "Secret", "CustomResourceDefinition");

	private final ManifestRules rules;

	private final DeclaredImages declared;

	/**
	 * A binder for one cluster.
	 */
	ImageBinder(ManifestRules rules, DeclaredImages declared) {
		this.rules = rules;
		this.declared = declared;
	}

	/**
	 * Binds the images of one object.
	 * @param images what was found is added here
	 * @return the components that the object carries
	 */
	Set<String> bind(ManifestObject object, DocumentEdits edits, FoundImages images) {
		Set<Node> seen = YamlNodes.identities();
		Set<String> components = new HashSet<>();
		Stream.concat(PodTemplates.images(object).stream(), this.declared.images(object).stream()).forEach((spot) -> {
			if (seen.add(node(spot)) || isAliased(spot)) {
				String component = bind(object, spot, edits, images);
				if (component != null) {
					components.add(component);
				}
			}
		});
		if (!DATA_KINDS.contains(object.kind())) {
			checkElsewhere(object, seen, images);
		}
		return components;
	}

	/** Several containers may have one image by an alias; each of them is told. */
	private static boolean isAliased(ImageSpot spot) {
		return node(spot).getAnchor().isPresent();
	}

	private static Node node(ImageSpot spot) {
		return switch (spot) {
			case ImageSpot.Whole whole -> whole.image();
			case ImageSpot.Parts parts -> parts.repository();
		};
	}

	private @Nullable String bind(ManifestObject object, ImageSpot spot, DocumentEdits edits, FoundImages images) {
		String before = spot.before();
		if (before.isBlank()) {
			return null;
		}
		String component = this.rules.artifacts().component(before);
		if (component == null) {
			images.uncovered().add(before);
			pin(object, spot, edits, images);
			return null;
		}
		BoundArtifact artifact = this.rules.bound().get(component);
		if (artifact == null) {
			images.unbound().add(place(object, spot) + ", since artifact " + component + " has no image here");
		}
		else if (write(spot, artifact.reference(), edits)) {
			images.bound()
				.add(new FoundImages.Bound(component, object.title(), spot.place(), before, artifact.reference()));
		}
		else {
			images.unbound()
				.add(place(object, spot) + ", since artifact " + component
						+ " was chosen by digest alone and only a tag can be written there; choose tag@digest,"
						+ " or declare a digest in bind");
		}
		return component;
	}

	private static String place(ManifestObject object, ImageSpot spot) {
		String where = switch (spot) {
			case ImageSpot.Whole whole when !whole.place().contains(".") -> " container " + whole.place();
			case ImageSpot.Whole whole -> " " + whole.place();
			case ImageSpot.Parts parts -> " " + parts.place();
		};
		return object.title() + where + ": " + spot.before();
	}

	private void pin(ManifestObject object, ImageSpot spot, DocumentEdits edits, FoundImages images) {
		String before = spot.before();
		ImagePins pins = this.rules.pins();
		if (pins == null || before.contains("@") || !this.rules.binding().pins(before)) {
			return;
		}
		Optional<String> digest = pins.digest(before);
		if (digest.isEmpty()) {
			images.unknown().add(place(object, spot));
			return;
		}
		boolean untagged = spot instanceof ImageSpot.Parts && ImageName.parse(before).tag().isEmpty();
		String after = before + (untagged ? ":latest@" : "@") + digest.get();
		write(spot, after, edits);
		images.bound().add(new FoundImages.Bound("", object.title(), spot.place(), before, after));
	}

	/**
	 * Writes a reference.
	 * @return false if the fields cannot hold it
	 */
	private static boolean write(ImageSpot spot, String reference, DocumentEdits edits) {
		switch (spot) {
			case ImageSpot.Whole whole -> edits.replaceImage(whole.image(), reference);
			case ImageSpot.Parts parts -> {
				ImageName name = ImageName.parse(reference);
				ImageSpot.Slot digest = parts.digest();
				if (digest == null && name.tag().isEmpty()) {
					return false;
				}
				edits.replace(parts.repository(), ImageName.repositoryAsWritten(reference));
				put(parts.tag(), (digest != null) ? name.tag() : name.tag() + "@" + name.digest(), edits);
				if (digest != null) {
					put(digest, name.digest(), edits);
				}
			}
		}
		return true;
	}

	private static void put(ImageSpot.Slot slot, String text, DocumentEdits edits) {
		edits.put(slot.mapping(), slot.key(), text);
	}

	private void checkElsewhere(ManifestObject object, Set<Node> seen, FoundImages images) {
		DocumentEdits.walk(object.node(), "", YamlNodes.identities(), (key, scalar) -> {
			if (!key.equals("image") || seen.contains(scalar)) {
				return;
			}
			String component = this.rules.artifacts().component(scalar.getValue());
			if (component != null && !isBound(component, scalar.getValue())) {
				images.unbound()
					.add(object.title() + ": " + scalar.getValue()
							+ ", which stands outside of a pod template and is not bound there; declare its path in the"
							+ " stage's bind");
			}
		});
	}

	private boolean isBound(String component, String image) {
		BoundArtifact artifact = this.rules.bound().get(component);
		return artifact != null && image.endsWith("@" + artifact.digest());
	}

}
