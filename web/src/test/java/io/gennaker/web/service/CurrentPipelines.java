package io.gennaker.web.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.web.webhook.TriggeredPipelines;

/**
 * The pipelines that a test has.
 */
public class CurrentPipelines implements TriggeredPipelines {

	private volatile List<Pipeline> pipelines = List.of(classroom());

	@Override
	public List<Pipeline> current() {
		return this.pipelines;
	}

	/**
	 * Replaces all of them.
	 */
	public void set(Pipeline... pipelines) {
		this.pipelines = List.of(pipelines);
	}

	/**
	 * Two components that the example's registry has, started by versions.
	 */
	public static Pipeline classroom() {
		return pipeline("classroom", "^v\\d+\\.\\d+\\.\\d+$",
				Map.of("api", "registry.example.com/classroom/api", "proxy", "registry.example.com/classroom/proxy"));
	}

	/**
	 * A pipeline whose components all have one image trigger.
	 */
	public static Pipeline pipeline(String name, String tags, Map<String, String> images) {
		Map<String, Artifact> artifacts = new LinkedHashMap<>();
		images.forEach((component, image) -> artifacts.put(component, new Artifact(image, false, null)));
		Trigger trigger = new Trigger.ImagePush(new ArrayList<>(images.keySet()), tags);
		return new Pipeline(name, "", Map.of(), artifacts, Map.of(), Map.of("images", trigger),
				new Concurrency(1, Concurrency.WhenBusy.QUEUE), Map.of());
	}

}
