/**
 * Which part is wired to which, in which mode.
 */
@NullMarked
package io.gennaker.web.assembly;

import org.jspecify.annotations.NullMarked;
