/**
 * Which image of each artifact goes to which cluster.
 */
@NullMarked
package io.gennaker.workflows.binding;

import org.jspecify.annotations.NullMarked;
