package io.gennaker.activities.rollout;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.gennaker.activities.rollout.manifest.ApiKind;

/**
 * The client's operations on objects of any kind.
 */
final class ClusterResources {

	private ClusterResources() {
	}

	static NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> of(
			KubernetesClient client, ApiKind kind, String namespace) {
		ResourceDefinitionContext context = new ResourceDefinitionContext.Builder().withGroup(kind.group())
			.withVersion(kind.version())
			.withKind(kind.kind())
			.withPlural(kind.plural())
			.withNamespaced(kind.namespaced())
			.build();
		MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> all = client
			.genericKubernetesResources(context);
		return kind.namespaced() ? all.inNamespace(namespace) : all;
	}

}
