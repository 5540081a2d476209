package io.gennaker.web.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.embedded.Home;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.activities.bake.source.SourceSettings;
import io.gennaker.activities.bake.source.ChartSources;
import io.gennaker.activities.bake.source.ChartHost;
import io.gennaker.activities.bake.BakeLimits;
import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.bake.BakeTools;
import io.gennaker.activities.bake.HelmBaking;
import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.bake.capability.CapabilityStore;
import io.gennaker.activities.bake.capability.ClusterCapabilities;
import io.gennaker.activities.bake.capability.Discovery;
import io.gennaker.activities.bake.capability.KnownCapabilities;
import io.gennaker.activities.bake.chart.ChartLimits;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.manifest.ManifestLimits;
import io.gennaker.activities.bake.program.ProgramLimits;
import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.bake.renderer.HelmProgram;
import io.gennaker.activities.bake.renderer.HelmRenderer;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.activities.rollout.ClusterClients;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.web.settings.BakeProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Baking, within the limits of the configuration and by the programs of this machine.
 */
@Configuration(proxyBeanMethods = false)
class BakeAssembly {

	@Bean
	BakeLimits bakeLimits(BakeProperties properties) {
		RenderLimits usual = RenderLimits.defaults();
		int processes = (properties.processes() > 0) ? properties.processes() : usual.processes();
		Path folder = (properties.folder() != null) ? Path.of(properties.folder()).toAbsolutePath() : usual.folder();
		RenderLimits rendering = new RenderLimits(processes, properties.timeout(), properties.processorTime(),
				usual.startTimeout(), properties.memory().toBytes(), (int) properties.output().toBytes(),
				usual.kubeVersion(), folder);
		BakeProperties.ChartSize chart = properties.chart();
		BakeProperties.ManifestSize manifests = properties.manifests();
		return new BakeLimits(rendering, new ChartLimits(chart.size().toBytes(), chart.entries(), chart.depth()),
				new ManifestLimits((int) manifests.size().toBytes(), manifests.documents(), manifests.depth(),
						manifests.aliases()));
	}

	@Bean
	Renderers renderers(BakeProperties properties, BakeLimits limits) throws IOException {
		Path helm = Programs.find("helm", properties.helm()).orElse(null);
		return new Renderers(new HelmRenderer(limits.rendering()), program(helm, limits), properties.cache().toBytes());
	}

	private static @Nullable HelmProgram program(@Nullable Path helm, BakeLimits limits) throws IOException {
		return (helm != null) ? new HelmProgram(helm, limits.rendering()) : null;
	}

	@Bean
	Kustomize kustomize(BakeProperties properties, BakeLimits limits) {
		RenderLimits rendering = limits.rendering();
		return new Kustomize(Kustomize.find(properties.kustomize()).orElse(null),
				new ProgramLimits(rendering.timeout(), rendering.memoryBytes(), rendering.outputBytes()),
				rendering.folder());
	}

	@Bean
	ClusterCapabilities capabilities(ClusterClients clusters, CapabilityStore store, Clock clock) {
		return new KnownCapabilities(Discovery.of(clusters, clock), store, clock);
	}

	@Bean
	ChartSources charts(GennakerProperties properties, ObjectProvider<RegistryHost> embedded, BakeLimits limits) {
		return new ChartSources(new SourceSettings(ActivitiesAssembly.registries(properties, embedded),
				properties.chartRepositories()
					.stream()
					.map((host) -> new ChartHost(host.authority(), host.plainHttp(), host.username(), host.password()))
					.toList(),
				properties.gitHosts()
					.stream()
					.map((host) -> new ChartHost(host.host(), host.plainHttp(), host.username(), host.password()))
					.toList(),
				Home.resolve(properties.home()).resolve("charts-cache"), properties.chartsCacheSize().toBytes(),
				limits.chart()));
	}

	@Bean
	BakeTools bakeTools(ChartSources charts, Renderers renderers, Kustomize kustomize, ClusterCapabilities capabilities,
			ImageRegistry registry, BakeLimits limits) {
		return new BakeTools(charts, renderers, kustomize, capabilities, registry, limits);
	}

	@Bean
	HelmBaking baking(RevisionFiles revisions, BakeStore store, Expressions expressions, BakeTools tools) {
		return new HelmBaking(revisions, store, expressions, tools);
	}

	/** Not before, so that the service is there as early as it can be. */
	@Bean
	ApplicationListener<ApplicationReadyEvent> warmRenderers(Renderers renderers) {
		return (_) -> renderers.warm();
	}

}
