/**
 * The contract of every renderer: what the {@code helm} program renders, byte for byte.
 */
@NullMarked
package io.gennaker.activities.bake.contract;

import org.jspecify.annotations.NullMarked;
