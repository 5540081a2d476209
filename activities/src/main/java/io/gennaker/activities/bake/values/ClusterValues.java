package io.gennaker.activities.bake.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderRequest.ValuesLayer;
import io.gennaker.pipelines.expression.ExpressionContext;
import io.gennaker.pipelines.expression.ExpressionException;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.model.Values;
import org.jspecify.annotations.Nullable;

/**
 * The layers of values on top of the chart's own: the pipeline's files, the stage's, the
 * target's, the cluster's, the images of artifacts, then what the pipeline, the stage and
 * last the cluster set.
 */
public final class ClusterValues {

	private static final int FILE_LIMIT = 4 * 1024 * 1024;

	private final PipelineFiles files;

	private final Expressions expressions;

	public ClusterValues(PipelineFiles files, Expressions expressions) {
		this.files = files;
		this.expressions = expressions;
	}

	/**
	 * One cluster's layers, lowest first.
	 * @param pipeline what the pipeline gives to all of its charts
	 * @param here what expressions may refer to, with the cluster at hand
	 * @param cluster the cluster's name
	 * @param artifacts the values by which the chart takes artifacts' images
	 * @throws BakeRefusedException if a file is missing or a key cannot be set
	 * @throws ExpressionException if an expression cannot be evaluated
	 */
	public List<ValuesLayer> layers(Values pipeline, Stage.Bake stage, Target target, String cluster,
			ExpressionContext here, Optional<ValuesLayer> artifacts) {
		List<ValuesLayer> layers = new ArrayList<>();
		Target.Override own = target.overrides().getOrDefault(cluster, new Target.Override(List.of(), Map.of()));
		addFiles(pipeline.files(), here, layers);
		addFiles(stage.values(), here, layers);
		addFiles(target.values(), here, layers);
		addFiles(own.values(), here, layers);
		artifacts.ifPresent(layers::add);
		addSet("set of the pipeline", pipeline.set(), here, layers);
		addSet("set of stage " + stage.id(), stage.set(), here, layers);
		addSet("set of cluster " + cluster, own.set(), here, layers);
		return layers;
	}

	private void addFiles(List<String> paths, ExpressionContext here, List<ValuesLayer> layers) {
		for (String written : paths) {
			String path = this.expressions.text(written, here);
			byte[] bytes = this.files.bytes(path);
			if (bytes == null) {
				throw new BakeRefusedException("there is no values file " + path + " among the pipeline's files");
			}
			if (bytes.length > FILE_LIMIT) {
				throw new BakeRefusedException(
						"values file " + path + " is larger than " + FILE_LIMIT / 1024 + " KiB, which is the limit");
			}
			layers.add(new ValuesLayer(path, bytes));
		}
	}

	private void addSet(String place, Map<String, @Nullable Object> set, ExpressionContext here,
			List<ValuesLayer> layers) {
		if (set.isEmpty()) {
			return;
		}
		SetValues values = new SetValues(place);
		set.forEach((key, value) -> values.put(key, (value != null) ? this.expressions.value(value, here) : null));
		layers.add(new ValuesLayer(place, values.yaml(), false));
	}

}
