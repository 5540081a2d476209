/**
 * By which labels and annotations an object is known as a release's.
 */
@NullMarked
package io.gennaker.activities.mark;

import org.jspecify.annotations.NullMarked;
