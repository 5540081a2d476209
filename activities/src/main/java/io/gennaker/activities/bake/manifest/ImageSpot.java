package io.gennaker.activities.bake.manifest;

import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where a pod template names an image.
 *
 * @param container the container's name
 * @param image the image's text
 */
record ImageSpot(String container, ScalarNode image) {
}
