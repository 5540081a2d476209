/**
 * Conditions and places of an execution, by evaluating expressions.
 */
@NullMarked
package io.gennaker.activities.condition;

import org.jspecify.annotations.NullMarked;
