/**
 * Tags become digests, and artifacts find their images.
 */
@NullMarked
package io.gennaker.activities.binding;

import org.jspecify.annotations.NullMarked;
