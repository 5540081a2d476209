/**
 * Baking, as the workflow asks for it.
 */
@NullMarked
package io.gennaker.workflows.bake;

import org.jspecify.annotations.NullMarked;
