/**
 * Whether objects are what they should be, and why not. No cluster is touched here.
 */
@NullMarked
package io.gennaker.activities.rollout.health;

import org.jspecify.annotations.NullMarked;
