package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.chart.ChartMetadata;

/**
 * Asks a renderer, by a chart, for the APIs that its Helm takes for granted.
 */
final class BuiltInApis {

	private BuiltInApis() {
	}

	static Set<String> of(ChartRenderer renderer) throws IOException, InterruptedException {
		Chart chart = new Chart("apis", new ChartMetadata("apis", "0.1.0", false),
				new TreeMap<>(Map.of("Chart.yaml", bytes("apiVersion: v2\nname: apis\nversion: 0.1.0\n"),
						"templates/apis.yaml", bytes("apis: |\n  {{ join \"\\n  \" .Capabilities.APIVersions }}\n"))));
		try (UnpackedChart unpacked = new UnpackedChart(chart)) {
			RenderedChart rendered = renderer.render(new RenderRequest(unpacked, "apis", "default", List.of()));
			return rendered.files()
				.getFirst()
				.text()
				.lines()
				.skip(1)
				.map(String::strip)
				.filter((line) -> !line.isEmpty())
				.collect(Collectors.toUnmodifiableSet());
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
