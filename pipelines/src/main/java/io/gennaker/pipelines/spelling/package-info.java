/**
 * Suggestions for names that were probably mistyped.
 */
@NullMarked
package io.gennaker.pipelines.spelling;

import org.jspecify.annotations.NullMarked;
