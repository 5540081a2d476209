/**
 * Whether images carry the signatures that a pipeline asks for.
 */
@NullMarked
package io.gennaker.activities.signature;

import org.jspecify.annotations.NullMarked;
