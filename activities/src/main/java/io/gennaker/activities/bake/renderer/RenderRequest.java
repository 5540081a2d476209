package io.gennaker.activities.bake.renderer;

import java.util.List;

/**
 * Asks for one release's documents.
 *
 * @param chart the chart, unpacked by the same renderer
 * @param release the release's name
 * @param namespace where it lives
 * @param values layers of values, lowest first
 */
public record RenderRequest(UnpackedChart chart, String release, String namespace, List<ValuesLayer> values) {

	public RenderRequest {
		values = List.copyOf(values);
	}

	/**
	 * One layer of values.
	 *
	 * @param name what people know it by, such as {@code values/prod.yaml}
	 * @param yaml a YAML mapping
	 */
	public record ValuesLayer(String name, byte[] yaml) {
	}

}
