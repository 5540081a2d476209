package io.gennaker.activities.bake.manifest;

import java.util.HashMap;
import java.util.Map;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * Which repository belongs to which artifact of the pipeline.
 */
public final class ArtifactImages {

	private final Map<String, String> components = new HashMap<>();

	/**
	 * The artifacts of a pipeline.
	 * @param artifacts by component
	 * @throws BakeRefusedException if two have the same repository, since an image would
	 * then belong to both
	 */
	public ArtifactImages(Map<String, Artifact> artifacts) {
		artifacts.forEach((component, artifact) -> {
			String other = this.components.put(ImageName.parse(artifact.image()).repository(), component);
			if (other != null) {
				throw new BakeRefusedException("artifacts " + other + " and " + component + " have the same image "
						+ artifact.image() + "; one image can only be one artifact's");
			}
		});
	}

	/**
	 * The component that an image belongs to, if any.
	 */
	@Nullable String component(String image) {
		return this.components.get(ImageName.parse(image).repository());
	}

}
