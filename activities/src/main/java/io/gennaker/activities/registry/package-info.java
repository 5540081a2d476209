/**
 * A client of OCI registries.
 */
@NullMarked
package io.gennaker.activities.registry;

import org.jspecify.annotations.NullMarked;
