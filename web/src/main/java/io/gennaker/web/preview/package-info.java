/**
 * What a release would change, before it does.
 */
@NullMarked
package io.gennaker.web.preview;

import org.jspecify.annotations.NullMarked;
