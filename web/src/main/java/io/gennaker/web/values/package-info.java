/**
 * Which layer of values won, for an execution's bakes.
 */
@NullMarked
package io.gennaker.web.values;

import org.jspecify.annotations.NullMarked;
