/**
 * The clusters: how they are reached and whether they answer.
 */
@NullMarked
package io.gennaker.web.inventory;

import org.jspecify.annotations.NullMarked;
