/**
 * What runs where.
 */
@NullMarked
package io.gennaker.web.release;

import org.jspecify.annotations.NullMarked;
