/**
 * CEL expressions of the pipeline language: checking and evaluation.
 */
@NullMarked
package io.gennaker.pipelines.expression;

import org.jspecify.annotations.NullMarked;
