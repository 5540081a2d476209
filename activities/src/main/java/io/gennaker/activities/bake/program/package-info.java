/**
 * Programs that are run for a bake, in folders of their own and within limits.
 */
@NullMarked
package io.gennaker.activities.bake.program;

import org.jspecify.annotations.NullMarked;
