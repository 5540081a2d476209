/**
 * What a cluster can go back to, as the workflow asks for it.
 */
@NullMarked
package io.gennaker.workflows.rollback;

import org.jspecify.annotations.NullMarked;
