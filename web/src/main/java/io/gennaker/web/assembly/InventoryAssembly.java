package io.gennaker.web.assembly;

import java.time.Clock;
import java.util.List;

import io.gennaker.web.inventory.ClusterConnection;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.inventory.InventoryHealth;
import io.gennaker.web.inventory.KubeconfigConnection;
import io.gennaker.web.inventory.WatchedInventory;
import io.gennaker.web.pipeline.PipelineReads;
import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.webhook.TriggeredPipelines;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The clusters of the configuration, or those of the sandbox; and what webhooks may
 * start.
 */
@Configuration(proxyBeanMethods = false)
class InventoryAssembly {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	WatchedInventory inventory(GennakerProperties properties, ObjectProvider<SandboxClusters> sandbox, Clock clock) {
		SandboxClusters clusters = sandbox.getIfAvailable();
		return new WatchedInventory((clusters != null) ? clusters.connections() : configured(properties), clock);
	}

	@Bean
	InventoryHealth clustersHealthIndicator(Inventory inventory) {
		return new InventoryHealth(inventory);
	}

	@Bean
	TriggeredPipelines triggeredPipelines(PipelineReads pipelines) {
		return pipelines::current;
	}

	private static List<? extends ClusterConnection> configured(GennakerProperties properties) {
		return properties.clusters().stream().map(KubeconfigConnection::new).toList();
	}

}
