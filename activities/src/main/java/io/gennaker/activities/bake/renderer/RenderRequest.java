package io.gennaker.activities.bake.renderer;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.CapabilityUse;
import io.gennaker.activities.bake.origin.Layer;
import io.gennaker.activities.bake.origin.ValueOrigins;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one release's documents.
 *
 * @param chart the chart
 * @param release the release's name
 * @param namespace where it lives
 * @param values layers of values, lowest first
 * @param capabilities what the cluster can do; null for the renderer's own idea of
 * Kubernetes
 */
public record RenderRequest(UnpackedChart chart, String release, String namespace, List<ValuesLayer> values,
		@Nullable Capabilities capabilities) {

	public RenderRequest {
		values = List.copyOf(values);
	}

	/**
	 * A request of which no cluster is known.
	 */
	public RenderRequest(UnpackedChart chart, String release, String namespace, List<ValuesLayer> values) {
		this(chart, release, namespace, values, null);
	}

	/**
	 * The same for a cluster.
	 */
	public RenderRequest in(Capabilities cluster) {
		return new RenderRequest(this.chart, this.release, this.namespace, this.values, cluster);
	}

	/**
	 * What the chart's templates, and templates in its values, ask of the cluster.
	 */
	public CapabilityUse use() {
		CapabilityUse use = this.chart.use();
		for (ValuesLayer layer : this.values) {
			use = use.and(layer.name(), layer.yaml());
		}
		return use;
	}

	/**
	 * The size of the chart and its values, in bytes.
	 */
	long bytes() {
		return this.chart.source().bytes() + this.values.stream().mapToLong((layer) -> layer.yaml().length).sum();
	}

	/**
	 * One layer of values.
	 *
	 * @param name what people know it by, such as {@code values/prod.yaml}
	 * @param yaml a YAML mapping
	 * @param file whether it is a file, in which lines can be named
	 */
	public record ValuesLayer(String name, byte[] yaml, boolean file) {

		/**
		 * A file.
		 */
		public ValuesLayer(String name, byte[] yaml) {
			this(name, yaml, true);
		}

		Layer origin() {
			return new Layer(this.name, this.file ? Layer.Kind.FILE : Layer.Kind.SET, List.of(), this.yaml);
		}

	}

	/**
	 * Who gives which value, the chart's own among them.
	 */
	ValueOrigins origins() {
		List<Layer> layers = new ArrayList<>(ChartTree.of(this.chart.source().files()).defaults(this.chart.name()));
		this.values.forEach((layer) -> layers.add(layer.origin()));
		return ValueOrigins.of(layers);
	}

}
