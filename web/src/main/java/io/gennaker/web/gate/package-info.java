/**
 * Gates that wait, and who decides them.
 */
@NullMarked
package io.gennaker.web.gate;

import org.jspecify.annotations.NullMarked;
