package io.gennaker.activities.bake;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartReader;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;

/**
 * The charts of one bake, each read and unpacked once. Nearly always there is one; an
 * expression may name another for some cluster.
 */
final class BakeCharts implements AutoCloseable {

	private final PipelineFiles files;

	private final ChartReader reader;

	private final Expressions expressions;

	private final Renderers renderer;

	private final Map<String, Opened> opened = new LinkedHashMap<>();

	BakeCharts(PipelineFiles files, ChartReader reader, Expressions expressions, Renderers renderer) {
		this.files = files;
		this.reader = reader;
		this.expressions = expressions;
		this.renderer = renderer;
	}

	/**
	 * The chart of a cluster.
	 * @param here what expressions may refer to, with the cluster at hand
	 */
	synchronized UnpackedChart chart(ChartSource source, ExpressionContext here) throws IOException {
		return switch (source) {
			case ChartSource.Path(String path, String version) ->
				open(this.expressions.text(path, here), (version != null) ? this.expressions.text(version, here) : "");
			case ChartSource.Manifests manifests ->
				throw new BakeRefusedException(manifests.path() + " holds plain manifests, which take no values");
		};
	}

	private UnpackedChart open(String path, String version) throws IOException {
		String key = path + "\n" + version;
		Opened known = this.opened.get(key);
		if (known == null) {
			Chart chart = this.reader.read(this.files, path, version.isEmpty() ? null : version);
			known = new Opened(chart.metadata().name(), chart.metadata().version(), chart.digest(),
					this.renderer.unpack(chart));
			this.opened.put(key, known);
		}
		return known.unpacked();
	}

	/**
	 * What the charts say of themselves; where there are several, of each.
	 */
	synchronized String each(Function<Opened, String> fact) {
		return this.opened.values().stream().map(fact).distinct().sorted().collect(Collectors.joining(", "));
	}

	@Override
	public synchronized void close() {
		this.opened.values().forEach((chart) -> chart.unpacked().close());
	}

	/**
	 * A chart that is in use.
	 */
	record Opened(String name, String version, String digest, UnpackedChart unpacked) {
	}

}
