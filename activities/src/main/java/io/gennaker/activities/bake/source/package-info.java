/**
 * Charts from wherever they lie: the pipeline's files, registries, chart repositories,
 * Git.
 */
@NullMarked
package io.gennaker.activities.bake.source;

import org.jspecify.annotations.NullMarked;
