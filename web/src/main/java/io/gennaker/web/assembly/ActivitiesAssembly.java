package io.gennaker.web.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.binding.LastReleases;
import io.gennaker.activities.binding.RegistryBinding;
import io.gennaker.activities.condition.ExpressionConditions;
import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.activities.registry.OciRegistry;
import io.gennaker.activities.registry.RegistryHost;
import io.gennaker.activities.rollout.ClusterClients;
import io.gennaker.activities.rollout.ClusterOperationActivities;
import io.gennaker.activities.rollout.ClusterRolloutActivities;
import io.gennaker.activities.rollout.DriftLooks;
import io.gennaker.activities.rollout.DryRunDriftLooks;
import io.gennaker.activities.rollout.Fence;
import io.gennaker.activities.rollout.JobLogs;
import io.gennaker.activities.rollout.ReleasePreviews;
import io.gennaker.activities.rollout.RolloutProgress;
import io.gennaker.activities.rollout.RolloutSettings;
import io.gennaker.activities.webhook.HttpWebhooks;
import io.gennaker.activities.webhook.WebhookHosts;
import io.gennaker.activities.webhook.WebhookSecrets;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.web.embedded.Home;
import io.gennaker.activities.signature.CosignSettings;
import io.gennaker.activities.signature.CosignSignatures;
import io.gennaker.activities.signature.ImageSignatures;
import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.settings.HealthProperties;
import io.gennaker.web.settings.SignatureProperties;
import io.gennaker.web.settings.WebhookProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The activities on this service's stores, registries and clusters.
 */
@Configuration(proxyBeanMethods = false)
class ActivitiesAssembly {

	@Bean
	Expressions expressions() {
		return new Expressions();
	}

	@Bean
	ImageRegistry imageRegistry(GennakerProperties properties, ObjectProvider<RegistryHost> embedded) {
		return new OciRegistry(registries(properties, embedded));
	}

	@Bean
	ImageSignatures imageSignatures(GennakerProperties properties, SignatureProperties signatures,
			ObjectProvider<RegistryHost> embedded) {
		String trustedRoot = signatures.trustedRoot();
		if (trustedRoot != null && !Files.isReadable(Path.of(trustedRoot))) {
			throw new IllegalArgumentException(
					"gennaker.signatures.trusted-root names " + trustedRoot + ", which is no file that can be read");
		}
		return new CosignSignatures(new CosignSettings(Programs.find("cosign", signatures.cosign()),
				Home.resolve(properties.home()).resolve("cosign"),
				(trustedRoot != null) ? Path.of(trustedRoot).toAbsolutePath() : null,
				registries(properties, embedded)));
	}

	/** The registries of the configuration and those that the service brings. */
	static List<RegistryHost> registries(GennakerProperties properties, ObjectProvider<RegistryHost> embedded) {
		List<RegistryHost> hosts = new ArrayList<>(embedded.stream().toList());
		properties.registries()
			.forEach((host) -> hosts.add(
					new RegistryHost(host.host(), host.plainHttp(), host.username(), host.password(), host.address())));
		return hosts;
	}

	@Bean
	RegistryBinding binding(ImageRegistry registry, LastReleases releases, ImageSignatures signatures,
			RevisionFiles revisions) {
		return new RegistryBinding(registry, releases, signatures, revisions);
	}

	@Bean
	ExpressionConditions conditions(Expressions expressions) {
		return new ExpressionConditions(expressions);
	}

	@Bean
	ReleasePreviews previews(ClusterClients clusters) {
		return new ReleasePreviews(clusters);
	}

	@Bean
	DriftLooks driftLooks(ClusterClients clusters) {
		return new DryRunDriftLooks(clusters);
	}

	@Bean
	ClusterRolloutActivities rollouts(ClusterClients clusters, BakeStore store, RolloutProgress progress, Clock clock,
			HealthProperties health, Fence fence) {
		return new ClusterRolloutActivities(clusters, store::manifests, progress, clock,
				RolloutSettings.DEFAULT.withHealth(health.rules()), fence);
	}

	@Bean
	HttpWebhooks webhooks(WebhookProperties properties, Expressions expressions) {
		return new HttpWebhooks(new WebhookHosts(properties.webhooks().allowedHosts()),
				new WebhookSecrets(properties.secrets()), expressions);
	}

	@Bean
	ClusterOperationActivities operations(ClusterClients clusters, RevisionFiles revisions, JobLogs logs,
			RolloutProgress progress, Expressions expressions, Clock clock, HealthProperties health) {
		return new ClusterOperationActivities(clusters, revisions::files, logs, progress, expressions, clock,
				RolloutSettings.DEFAULT.withHealth(health.rules()));
	}

}
