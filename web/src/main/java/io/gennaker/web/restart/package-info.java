/**
 * Starting an execution again from one of its stages.
 */
@NullMarked
package io.gennaker.web.restart;

import org.jspecify.annotations.NullMarked;
