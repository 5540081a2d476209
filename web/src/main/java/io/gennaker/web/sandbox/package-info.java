/**
 * Clusters and a registry that play themselves, for a service with nothing else at hand.
 */
@NullMarked
package io.gennaker.web.sandbox;

import org.jspecify.annotations.NullMarked;
