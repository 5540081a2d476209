/**
 * Who did what, append-only.
 */
@NullMarked
package io.gennaker.web.audit;

import org.jspecify.annotations.NullMarked;
