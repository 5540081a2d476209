/**
 * Tests of the console over a database with something of everything in it.
 */
@NullMarked
package io.gennaker.web.console;

import org.jspecify.annotations.NullMarked;
