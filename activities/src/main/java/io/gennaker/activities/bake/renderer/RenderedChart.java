package io.gennaker.activities.bake.renderer;

import java.util.List;

/**
 * What a chart rendered to.
 *
 * @param files the output of every template by source, then the files of {@code crds/}
 * folders in the order in which Helm writes them
 * @param notes the output of {@code NOTES.txt}, perhaps empty
 */
public record RenderedChart(List<RenderedFile> files, String notes) {

	public RenderedChart {
		files = List.copyOf(files);
	}

	/**
	 * The output of one template or a file of a {@code crds/} folder.
	 *
	 * @param source its path as Helm names it, such as
	 * {@code classroom/templates/api.yaml}
	 * @param crd whether it is a file of a {@code crds/} folder
	 * @param text a YAML stream, perhaps empty
	 */
	public record RenderedFile(String source, boolean crd, String text) {
	}

}
