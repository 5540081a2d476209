/**
 * Pipelines and their revisions: reading, keeping and showing them.
 */
@NullMarked
package io.gennaker.web.pipeline;

import org.jspecify.annotations.NullMarked;
