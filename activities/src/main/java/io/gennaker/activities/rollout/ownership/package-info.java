/**
 * Whose objects are: what a release may change, take over and delete.
 */
@NullMarked
package io.gennaker.activities.rollout.ownership;

import org.jspecify.annotations.NullMarked;
