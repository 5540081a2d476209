package io.gennaker.web.webhook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Trigger;
import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.settings.GennakerProperties.RegistrySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Finds the pipelines that a push starts. A repository is the same where path and host
 * are; where the registry calls itself by the {@code address} that
 * {@code gennaker.registries} gives a host, it is that host.
 */
@Component
class ImageTriggers {

	private final List<RegistrySettings> registries;

	ImageTriggers(GennakerProperties settings) {
		this.registries = settings.registries();
	}

	/**
	 * What a push means for each pipeline that knows the repository.
	 */
	List<Match> matches(RegistryEvent.Push push, List<Pipeline> pipelines) {
		Set<String> hosts = hosts(push.image().host());
		return pipelines.stream().map((pipeline) -> match(push, hosts, pipeline)).filter(Objects::nonNull).toList();
	}

	/**
	 * Images of triggers on other hosts with the same path.
	 */
	List<ImageName> elsewhere(RegistryEvent.Push push, List<Pipeline> pipelines) {
		return pipelines.stream()
			.flatMap((pipeline) -> pipeline.artifacts().values().stream())
			.map((artifact) -> ImageName.parse(artifact.image()))
			.filter((image) -> image.path().equals(push.image().path()))
			.distinct()
			.toList();
	}

	private Set<String> hosts(String host) {
		Set<String> hosts = new HashSet<>();
		hosts.add(host);
		for (RegistrySettings registry : this.registries) {
			String address = registry.address();
			if (address != null && address.toLowerCase(Locale.ROOT).equals(host)) {
				hosts.add(new ImageName(registry.host(), "").host());
			}
		}
		return hosts;
	}

	private static @Nullable Match match(RegistryEvent.Push push, Set<String> hosts, Pipeline pipeline) {
		Set<String> components = new LinkedHashSet<>();
		List<String> refusals = new ArrayList<>();
		pipeline.triggers().values().forEach((trigger) -> {
			switch (trigger) {
				case Trigger.ImagePush image -> {
					List<String> known = image.artifacts()
						.stream()
						.filter((component) -> isImage(push, hosts, pipeline.artifacts().get(component)))
						.toList();
					if (!known.isEmpty() && image.accepts(push.tag())) {
						components.addAll(known);
					}
					else if (!known.isEmpty()) {
						refusals.add(image.tags());
					}
				}
				case Trigger.Drift _ -> {
				}
			}
		});
		return (components.isEmpty() && refusals.isEmpty()) ? null
				: new Match(pipeline.name(), List.copyOf(components), refusals);
	}

	private static boolean isImage(RegistryEvent.Push push, Set<String> hosts, @Nullable Artifact artifact) {
		if (artifact == null) {
			return false;
		}
		ImageName image = ImageName.parse(artifact.image());
		return image.path().equals(push.image().path()) && hosts.contains(image.host());
	}

	/**
	 * What a push means for a pipeline.
	 *
	 * @param components those that it starts the pipeline with; empty where the tag fits
	 * no trigger
	 * @param patterns those that the tag does not match
	 */
	record Match(String pipeline, List<String> components, List<String> patterns) {
	}

}
