/**
 * The console: pages for people.
 */
@NullMarked
package io.gennaker.web.console;

import org.jspecify.annotations.NullMarked;
