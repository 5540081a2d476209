/**
 * What the service brings along where nothing else is given: PostgreSQL, Temporal, and
 * the folder in which they keep their data.
 */
@NullMarked
package io.gennaker.web.embedded;

import org.jspecify.annotations.NullMarked;
