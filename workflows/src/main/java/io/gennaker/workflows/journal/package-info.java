/**
 * What the workflows tell the service's database.
 */
@NullMarked
package io.gennaker.workflows.journal;

import org.jspecify.annotations.NullMarked;
