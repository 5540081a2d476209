package io.gennaker.activities.bake;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.bake.renderer.UnpackedChart;
import io.gennaker.activities.bake.source.ChartOrigin;
import io.gennaker.activities.bake.source.ChartSources;
import io.gennaker.activities.bake.source.FetchedChart;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.ChartSource;
import org.jspecify.annotations.Nullable;

/**
 * The charts of one bake, each read and unpacked once. Nearly always there is one; an
 * expression may name another for some cluster.
 */
final class BakeCharts implements AutoCloseable {

	private final PipelineFiles files;

	private final ChartSources sources;

	private final Expressions expressions;

	private final Renderers renderer;

	private final List<ChartOrigin> pins;

	private final Map<ChartSource, Opened> opened = new LinkedHashMap<>();

	/**
	 * No charts yet.
	 * @param pins what an earlier bake used, to be used again
	 */
	BakeCharts(PipelineFiles files, ChartSources sources, Expressions expressions, Renderers renderer,
			List<ChartOrigin> pins) {
		this.files = files;
		this.sources = sources;
		this.expressions = expressions;
		this.renderer = renderer;
		this.pins = List.copyOf(pins);
	}

	/**
	 * The chart of a cluster.
	 * @param here what expressions may refer to, with the cluster at hand
	 */
	synchronized UnpackedChart chart(ChartSource source, ExpressionContext here) throws IOException {
		ChartSource evaluated = evaluated(source, here);
		Opened known = this.opened.get(evaluated);
		if (known == null) {
			FetchedChart fetched = this.sources.fetch(evaluated, this.files, this.pins);
			Chart chart = fetched.chart();
			known = new Opened(chart.metadata().name(), chart.metadata().version(), chart.digest(), fetched.origin(),
					this.renderer.unpack(chart));
			this.opened.put(evaluated, known);
		}
		return known.unpacked();
	}

	private ChartSource evaluated(ChartSource source, ExpressionContext here) {
		return switch (source) {
			case ChartSource.Path(String path, String version) ->
				new ChartSource.Path(text(path, here), optional(version, here));
			case ChartSource.Oci(String oci, String version, String digest) ->
				new ChartSource.Oci(text(oci, here), optional(version, here), optional(digest, here));
			case ChartSource.Repository(String repository, String name, String version) ->
				new ChartSource.Repository(text(repository, here), text(name, here), text(version, here));
			case ChartSource.Git(String git, String ref, String path) ->
				new ChartSource.Git(text(git, here), text(ref, here), text(path, here));
			case ChartSource.Manifests manifests ->
				throw new BakeRefusedException(manifests.path() + " holds plain manifests, which take no values");
		};
	}

	private String text(String text, ExpressionContext here) {
		return this.expressions.text(text, here);
	}

	private @Nullable String optional(@Nullable String text, ExpressionContext here) {
		return (text != null) ? text(text, here) : null;
	}

	/**
	 * Where the charts came from.
	 */
	synchronized List<ChartOrigin> origins() {
		return this.opened.values().stream().map(Opened::origin).toList();
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
	record Opened(String name, String version, String digest, ChartOrigin origin, UnpackedChart unpacked) {
	}

}
