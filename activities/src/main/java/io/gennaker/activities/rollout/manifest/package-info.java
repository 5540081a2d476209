/**
 * Reading a release's manifests and putting them in order. No cluster is touched here.
 */
@NullMarked
package io.gennaker.activities.rollout.manifest;

import org.jspecify.annotations.NullMarked;
