/**
 * What clusters can do, as templates may ask ({@code .Capabilities}).
 */
@NullMarked
package io.gennaker.activities.bake.capability;

import org.jspecify.annotations.NullMarked;
