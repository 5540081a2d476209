/**
 * Which layer of values gave what.
 */
@NullMarked
package io.gennaker.activities.bake.origin;

import org.jspecify.annotations.NullMarked;
