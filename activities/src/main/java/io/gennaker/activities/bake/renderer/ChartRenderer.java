package io.gennaker.activities.bake.renderer;

import java.io.IOException;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * Renders charts as Helm does, without a network, credentials or the service's
 * environment. All give the same for the same request. Thread-safe.
 */
public interface ChartRenderer extends AutoCloseable {

	/**
	 * Name and version of what renders.
	 */
	String name();

	/**
	 * Renders a chart.
	 * @throws BakeRefusedException if the chart does not render or passes a limit
	 * @throws IOException if it cannot be rendered now
	 * @throws InterruptedException if the thread was interrupted
	 */
	RenderedChart render(RenderRequest request) throws IOException, InterruptedException;

	@Override
	void close();

}
