/**
 * Tells gates about the service's users. Apart from both, so that gates may ask who is
 * signed in.
 */
@NullMarked
package io.gennaker.web.security.approval;

import org.jspecify.annotations.NullMarked;
