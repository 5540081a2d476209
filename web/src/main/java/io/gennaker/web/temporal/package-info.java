/**
 * The connection to Temporal, the workers, and releases seen through it.
 */
@NullMarked
package io.gennaker.web.temporal;

import org.jspecify.annotations.NullMarked;
