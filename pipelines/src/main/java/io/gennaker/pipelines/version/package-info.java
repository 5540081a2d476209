/**
 * Versions of charts and ranges of them, as Helm understands them.
 */
@NullMarked
package io.gennaker.pipelines.version;

import org.jspecify.annotations.NullMarked;
