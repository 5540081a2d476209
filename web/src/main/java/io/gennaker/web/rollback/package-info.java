/**
 * Taking executions and single places back to releases that were kept.
 */
@NullMarked
package io.gennaker.web.rollback;

import org.jspecify.annotations.NullMarked;
