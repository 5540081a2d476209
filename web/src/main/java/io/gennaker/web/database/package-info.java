/**
 * How Java's values stand in PostgreSQL's columns.
 */
@NullMarked
package io.gennaker.web.database;

import org.jspecify.annotations.NullMarked;
