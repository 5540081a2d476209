package io.gennaker.activities.bake.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Applies the rules to the documents of one cluster: images get their digests, versioned
 * ConfigMaps and Secrets their names, objects their labels. Everything else stays as it
 * was rendered.
 */
final class DocumentBinding {

	private final ManifestRules rules;

	private final ManifestLimits limits;

	private final DeclaredImages declared;

	private final ImageBinder images;

	private final ConfigVersions versions;

	/**
	 * A binding of a cluster's documents.
	 * @param documents all of them, since one may name another's object
	 */
	DocumentBinding(ManifestRules rules, List<ManifestDocument> documents, ManifestLimits limits) {
		this.rules = rules;
		this.limits = limits;
		this.declared = new DeclaredImages(rules.binding().fields());
		this.images = new ImageBinder(rules, this.declared);
		ReleaseMarks marks = rules.marks();
		this.versions = new ConfigVersions(documents, rules.binding().versioned(), rules.binding().keepVersions(),
				(marks != null) ? marks.namespace() : "");
	}

	/**
	 * A document's text, bound.
	 * @param found its images are added here
	 */
	String apply(ManifestDocument document, FoundImages found) {
		FoundImages here = FoundImages.none();
		DocumentEdits edits = edits(document, here);
		if (edits.areEntangled()) {
			here = FoundImages.none();
			edits = edits(SeparateNodes.of(document, this.limits), here);
		}
		found.add(here);
		return edits.apply();
	}

	private DocumentEdits edits(ManifestDocument document, FoundImages found) {
		DocumentEdits edits = new DocumentEdits(document);
		for (ManifestObject object : ManifestObject.of(document)) {
			ObjectMarks marks = new ObjectMarks();
			Set<String> components = this.images.bind(object, edits, found);
			addReleaseMarks(object, components, marks);
			this.versions.apply(document, object, marks, edits);
			marks.apply(object, edits);
		}
		return edits;
	}

	private void addReleaseMarks(ManifestObject object, Set<String> components, ObjectMarks marks) {
		@Nullable ReleaseMarks release = this.rules.marks();
		if (release == null) {
			return;
		}
		Map<String, String> labels = release.labels(object);
		marks.labels().putAll(labels);
		if (!labels.isEmpty() && components.size() == 1 && object.label("app.kubernetes.io/component").isEmpty()
				&& object.annotation(ReleaseMarks.COMPONENT).isEmpty()) {
			marks.annotations().put(ReleaseMarks.COMPONENT, components.iterator().next());
		}
	}

	/**
	 * Checks that every declared field was found whose kind was.
	 */
	void checkDeclared() {
		this.declared.checkFound();
	}

}
