package io.gennaker.web.assembly;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.pipelines.model.Cluster;
import io.gennaker.web.embedded.Home;
import io.gennaker.web.inventory.ClusterConnection;
import io.gennaker.web.sandbox.SandboxCluster;
import io.gennaker.web.sandbox.SandboxConnection;
import io.gennaker.web.sandbox.controller.Pace;
import io.gennaker.web.sandbox.registry.SandboxRegistry;
import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.settings.GennakerProperties.ReceiverSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Where no clusters are configured: three clusters in this process, and a registry that
 * holds the example's images and tells this service of pushes by its webhook.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(SandboxAssembly.NoClustersGiven.class)
class SandboxAssembly {

	private static final Logger log = LoggerFactory.getLogger(SandboxAssembly.class);

	private static final List<String> NAMES = List.of("beijing", "guangdong", "shanghai");

	@Bean
	SandboxRegistry sandboxRegistry(Home home) {
		SandboxRegistry registry = new SandboxRegistry(home.folder("sandbox").resolve("registry"), 0);
		log.info("The sandbox registry plays {} and listens at {}", SandboxRegistry.HOST, registry.address());
		return registry;
	}

	@Bean
	RegistryHost sandboxRegistryHost(SandboxRegistry registry) {
		return new RegistryHost(SandboxRegistry.HOST, true, null, null, registry.address());
	}

	@Bean
	SandboxClusters sandboxClusters(Home home, SandboxRegistry registry) {
		Path folder = home.folder("sandbox");
		return new SandboxClusters(NAMES.stream().map((name) -> connection(name, folder, registry)).toList());
	}

	private static ClusterConnection connection(String name, Path folder, SandboxRegistry registry) {
		return new SandboxConnection(new Cluster(name, name, Map.of("sandbox", "true")),
				new SandboxCluster(name, folder, List.of(), registry::holds, Pace.visible()));
	}

	@Bean
	ReceiverSettings sandboxReceiver() {
		return new ReceiverSettings("sandbox", "distribution", UUID.randomUUID().toString());
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> sandboxNotifications(SandboxRegistry registry,
			ReceiverSettings sandboxReceiver) {
		return (event) -> registry.notify(URI.create("http://127.0.0.1:" + event.getWebServer().getPort() + "/webhooks/"
				+ sandboxReceiver.name() + "/" + sandboxReceiver.token()));
	}

	/**
	 * Whether the service must bring its own clusters.
	 */
	static final class NoClustersGiven implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !Binder.get(context.getEnvironment())
				.bind("gennaker.clusters", Bindable.listOf(GennakerProperties.ClusterSettings.class))
				.isBound();
		}

	}

}
