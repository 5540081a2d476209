/**
 * Helm in pooled child processes, which may be killed without harm.
 */
@NullMarked
package io.gennaker.activities.bake.renderer;

import org.jspecify.annotations.NullMarked;
