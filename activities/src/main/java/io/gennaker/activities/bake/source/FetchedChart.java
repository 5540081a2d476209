package io.gennaker.activities.bake.source;

import io.gennaker.activities.bake.chart.Chart;

/**
 * A chart, complete with its dependencies.
 *
 * @param chart its files
 * @param origin where they came from
 */
public record FetchedChart(Chart chart, ChartOrigin origin) {
}
