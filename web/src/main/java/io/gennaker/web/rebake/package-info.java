/**
 * Bakes that are made again and compared.
 */
@NullMarked
package io.gennaker.web.rebake;

import org.jspecify.annotations.NullMarked;
