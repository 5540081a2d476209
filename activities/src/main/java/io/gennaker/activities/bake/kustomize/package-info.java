/**
 * Kustomizations on top of what was rendered.
 */
@NullMarked
package io.gennaker.activities.bake.kustomize;

import org.jspecify.annotations.NullMarked;
