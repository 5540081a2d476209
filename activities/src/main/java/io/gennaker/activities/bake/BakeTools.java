package io.gennaker.activities.bake;

import io.gennaker.activities.bake.capability.ClusterCapabilities;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.renderer.Renderers;
import io.gennaker.activities.bake.source.ChartSources;
import io.gennaker.activities.registry.ImageRegistry;

/**
 * What all bakes of a service share.
 *
 * @param charts where charts come from
 * @param renderers who renders charts
 * @param kustomize who puts overlays on top
 * @param capabilities what clusters can do
 * @param registry who knows the digests of images
 * @param limits what a bake may take
 */
public record BakeTools(ChartSources charts, Renderers renderers, Kustomize kustomize, ClusterCapabilities capabilities,
		ImageRegistry registry, BakeLimits limits) {
}
