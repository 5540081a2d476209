/**
 * Whether what runs is still what was released, and what follows where it is not.
 */
@NullMarked
package io.gennaker.web.drift;

import org.jspecify.annotations.NullMarked;
