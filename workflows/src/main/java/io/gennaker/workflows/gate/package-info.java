/**
 * Gates: opening them and authorising decisions.
 */
@NullMarked
package io.gennaker.workflows.gate;

import org.jspecify.annotations.NullMarked;
