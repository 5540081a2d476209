package io.gennaker.activities.bake;

import io.gennaker.activities.bake.capability.ClusterCapabilities;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.registry.ImageRegistry;

/**
 * What all bakes of a service share.
 *
 * @param renderers who renders charts
 * @param kustomize who puts overlays on top
 * @param capabilities what clusters can do
 * @param registry who knows the digests of images
 * @param limits what a bake may take
 */
public record BakeTools(Renderers renderers, Kustomize kustomize, ClusterCapabilities capabilities,
		ImageRegistry registry, BakeLimits limits) {
}
