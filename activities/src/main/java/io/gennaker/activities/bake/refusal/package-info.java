/**
 * Why something cannot be baked.
 */
@NullMarked
package io.gennaker.activities.bake.refusal;

import org.jspecify.annotations.NullMarked;
