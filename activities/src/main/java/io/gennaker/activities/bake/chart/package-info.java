/**
 * Charts as files, read within limits.
 */
@NullMarked
package io.gennaker.activities.bake.chart;

import org.jspecify.annotations.NullMarked;
