/**
 * Taking a cluster to a set of manifests: applying, watching, explaining.
 */
@NullMarked
package io.gennaker.activities.rollout;

import org.jspecify.annotations.NullMarked;
