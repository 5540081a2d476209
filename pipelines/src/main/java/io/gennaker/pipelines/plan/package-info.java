/**
 * Planning from a pipeline: the stage graph, the clusters of a target, the waves of a
 * deploy.
 */
@NullMarked
package io.gennaker.pipelines.plan;

import org.jspecify.annotations.NullMarked;
