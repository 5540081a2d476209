/**
 * Charts, values and bound artifacts become manifests.
 */
@NullMarked
package io.gennaker.activities.bake;

import org.jspecify.annotations.NullMarked;
