/**
 * Rendered documents: split, checked, ordered, and their images bound.
 */
@NullMarked
package io.gennaker.activities.bake.manifest;

import org.jspecify.annotations.NullMarked;
