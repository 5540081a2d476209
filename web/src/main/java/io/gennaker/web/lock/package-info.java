/**
 * Who may roll out into which place: one execution at a time, and nothing older than what
 * runs there.
 */
@NullMarked
package io.gennaker.web.lock;

import org.jspecify.annotations.NullMarked;
