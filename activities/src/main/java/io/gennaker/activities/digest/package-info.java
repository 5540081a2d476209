/**
 * Digests of content.
 */
@NullMarked
package io.gennaker.activities.digest;

import org.jspecify.annotations.NullMarked;
