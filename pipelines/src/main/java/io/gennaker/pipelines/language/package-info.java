/**
 * Reading pipeline files: positions, problems, checks and the JSON Schema.
 */
@NullMarked
package io.gennaker.pipelines.language;

import org.jspecify.annotations.NullMarked;
