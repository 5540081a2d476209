/**
 * The workflow of one execution: its stages, and what is asked of it.
 */
@NullMarked
package io.gennaker.workflows.release;

import org.jspecify.annotations.NullMarked;
