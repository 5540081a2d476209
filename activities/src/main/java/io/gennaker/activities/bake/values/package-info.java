/**
 * The layers of values of one cluster.
 */
@NullMarked
package io.gennaker.activities.bake.values;

import org.jspecify.annotations.NullMarked;
