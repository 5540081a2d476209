/**
 * What all outgoing HTTP calls need.
 */
@NullMarked
package io.gennaker.activities.http;

import org.jspecify.annotations.NullMarked;
