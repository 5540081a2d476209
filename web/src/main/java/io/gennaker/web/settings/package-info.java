/**
 * What people configure, as records.
 */
@NullMarked
package io.gennaker.web.settings;

import org.jspecify.annotations.NullMarked;
