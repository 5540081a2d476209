package io.gennaker.web.assembly;

import java.util.List;

import io.gennaker.web.inventory.ClusterConnection;

/**
 * The clusters that the process brings itself.
 */
record SandboxClusters(List<ClusterConnection> connections) {
}
