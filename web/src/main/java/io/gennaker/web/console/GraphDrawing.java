package io.gennaker.web.console;

import java.util.List;

import io.gennaker.workflows.journal.Status;
import org.jspecify.annotations.Nullable;

/**
 * A stage graph, ready to be drawn as SVG. Lengths are CSS pixels.
 */
record GraphDrawing(int width, int height, List<Node> nodes, List<Edge> edges) {

	/**
	 * A stage's box.
	 *
	 * @param id the whole name
	 * @param label the name as far as it fits
	 * @param status null where the graph is a plan
	 * @param note a second line, perhaps empty
	 * @param href where the box leads, empty for nowhere
	 * @param current whether it is the one that the page shows
	 */
	record Node(String id, String label, String type, @Nullable Status status, String note, String href,
			boolean current, int x, int y, int width, int height) {
	}

	/**
	 * A line from a stage to one that needs it.
	 *
	 * @param path an SVG path
	 * @param done whether the stage at its start has ended well
	 */
	record Edge(String path, boolean done) {
	}

	/**
	 * What a drawing says about a stage besides its name.
	 */
	record Caption(@Nullable Status status, String note, String href, boolean current) {
	}

}
