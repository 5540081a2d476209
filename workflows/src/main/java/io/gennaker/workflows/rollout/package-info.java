/**
 * The workflow that takes one cluster to a release, and its activities.
 */
@NullMarked
package io.gennaker.workflows.rollout;

import org.jspecify.annotations.NullMarked;
