package io.gennaker.activities.bake;

import io.gennaker.activities.bake.capability.ClusterCapabilities;
import io.gennaker.activities.bake.kustomize.Kustomize;
import io.gennaker.activities.bake.renderer.Renderers;

/**
 * What all bakes of a service share.
 *
 * @param renderers who renders charts
 * @param kustomize who puts overlays on top
 * @param capabilities what clusters can do
 * @param limits what a bake may take
 */
public record BakeTools(Renderers renderers, Kustomize kustomize, ClusterCapabilities capabilities, BakeLimits limits) {
}
