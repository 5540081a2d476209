/**
 * Names of container images.
 */
@NullMarked
package io.gennaker.pipelines.image;

import org.jspecify.annotations.NullMarked;
