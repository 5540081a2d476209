/**
 * What a pipeline file says, as immutable records.
 */
@NullMarked
package io.gennaker.pipelines.model;

import org.jspecify.annotations.NullMarked;
